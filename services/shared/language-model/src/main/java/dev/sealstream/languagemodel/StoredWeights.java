package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.nio.file.Path;
import java.util.List;

/**
 * Weights as their files hold them, before a model's precision rounds them. Files that are moved away or replaced stay readable
 * while this is open.
 */
final class StoredWeights implements AutoCloseable {
    private final ModelConfig config;
    private final WeightFiles files;

    private StoredWeights(ModelConfig config, WeightFiles files) {
        this.config = config;
        this.files = files;
    }

    static StoredWeights open(ModelConfig config, Path huggingFaceDirectory) {
        return new StoredWeights(config, new WeightFiles(huggingFaceDirectory));
    }

    List<Path> paths() {
        return files.paths();
    }

    /** Whether a model in this precision holds something else than the files do. */
    boolean roundedBy(Precision matrices) {
        WeightLayout layout = WeightLayout.of(config);
        for (int i = 0; i < layout.tensors().size(); i++) {
            boolean longer =
                    layout.tensors().get(i).stream().anyMatch(part -> !files.isBfloat16(part.name(), part.shape()));
            if (matrices == Precision.BFLOAT16 && WeightLayout.isMatrix(i) && longer) {
                return true;
            }
        }
        return false;
    }

    /** The weights with adapters added in float32, rounded once at the end. */
    DecoderWeights merged(NDManager manager, Precision matrices, List<LoraAdapter> deltas) {
        return DecoderWeights.read(config, manager, files, matrices, deltas);
    }

    /** One of Hugging Face's tensors, as stored, with adapters added in float32; nothing is rounded. */
    float[] floats(NDManager manager, String name, List<LoraAdapter> deltas) {
        WeightLayout layout = WeightLayout.of(config);
        WeightLayout.Stored stored = layout.place(name).stored();
        try (NDManager scratch = manager.newSubManager()) {
            WeightSource.Tensor tensor = files.read(scratch, name, stored.shape());
            NDArray rows = DecoderWeights.copied(
                    scratch, tensor.parts(), tensor.bfloat16(), stored.transposed(), Precision.FLOAT32);
            new DeltaSum(layout, deltas).addTo(rows, name);
            return DecoderWeights.asStored(rows, stored);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
