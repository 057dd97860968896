package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;
import dev.sealstream.languagemodel.safetensors.Safetensors;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A model's weights as it works with them, and their files where those hold more digits: chains of adapters are added to the
 * latter.
 */
final class ModelWeights implements AutoCloseable {
    private final DecoderWeights held;
    private final Precision precision;

    /** Null for weights that were never in files. */
    private final Future<String> fileSha256;

    /** Null where nothing was rounded. */
    private final StoredWeights unrounded;

    private ModelWeights(DecoderWeights held, Precision precision, Future<String> fileSha256, StoredWeights unrounded) {
        this.held = held;
        this.precision = precision;
        this.fileSha256 = fileSha256;
        this.unrounded = unrounded;
    }

    /** Reads a directory; hashing goes on beside. */
    static ModelWeights read(ModelConfig config, NDManager manager, Path huggingFaceDirectory, Precision precision) {
        StoredWeights stored = StoredWeights.open(config, huggingFaceDirectory);
        boolean rounded = false;
        try {
            DecoderWeights held = stored.merged(manager, precision, List.of());
            List<Path> paths = stored.paths();
            rounded = stored.roundedBy(precision);
            Future<String> sha256 = CompletableFuture.supplyAsync(() -> WeightFiles.sha256(paths));
            return new ModelWeights(held, precision, sha256, rounded ? stored : null);
        } finally {
            if (!rounded) {
                stored.close();
            }
        }
    }

    DecoderWeights held() {
        return held;
    }

    /** The weights with adapters added in float32 and rounded once at the end, in {@code manager}. */
    ModelWeights merged(NDManager manager, List<LoraAdapter> deltas) {
        return unrounded == null ? sum(held.merged(manager, deltas)) : mergedOnto(unrounded, manager, deltas);
    }

    /** The same on weights that lie in files. */
    ModelWeights mergedOnto(StoredWeights files, NDManager manager, List<LoraAdapter> deltas) {
        return sum(files.merged(manager, precision, deltas));
    }

    private ModelWeights sum(DecoderWeights weights) {
        return new ModelWeights(weights, precision, null, null);
    }

    /** One of Hugging Face's tensors, as stored, with adapters added in float32; nothing is rounded. */
    float[] floats(NDManager manager, String name, List<LoraAdapter> deltas) {
        return unrounded == null ? held.floats(name, deltas) : unrounded.floats(manager, name, deltas);
    }

    /** Waits for the files to be hashed. */
    String sha256() {
        if (fileSha256 == null) {
            return hashOfSaved();
        }
        try {
            return fileSha256.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hashing the weights", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot hash the weights: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Whether {@link #sha256} reads the weights themselves. */
    boolean isSum() {
        return fileSha256 == null;
    }

    private String hashOfSaved() {
        DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), Sha256.newDigest());
        try {
            Safetensors.write(out, held.layout().shapes(), held::floats);
        } catch (IOException e) {
            throw new UncheckedIOException("hashing weights", e);
        }
        return Sha256.hex(out.getMessageDigest());
    }

    @Override
    public void close() {
        if (unrounded != null) {
            unrounded.close();
        }
    }
}
