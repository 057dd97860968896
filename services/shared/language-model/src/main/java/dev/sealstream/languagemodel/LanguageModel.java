package dev.sealstream.languagemodel;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.sealstream.languagemodel.chat.ChatTemplate;
import dev.sealstream.languagemodel.safetensors.Safetensors;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A language model with frozen weights, and its tokenizer.
 *
 * <p>Thread-safe: calls from several threads run one after another. Close it to free the weights.
 */
public final class LanguageModel implements AutoCloseable {
    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final TokenizerFiles tokenizerFiles;
    private final LoadOptions options;
    private final NDManager manager;
    private final DecoderWeights weights;
    private String sha256;

    private LanguageModel(
            ModelConfig config,
            Tokenizer tokenizer,
            TokenizerFiles tokenizerFiles,
            LoadOptions options,
            NDManager manager,
            DecoderWeights weights,
            String sha256) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.tokenizerFiles = tokenizerFiles;
        this.options = options;
        this.manager = manager;
        this.weights = weights;
        this.sha256 = sha256;
    }

    /**
     * Reads a model in Hugging Face's layout; weights of any supported type become float32.
     *
     * @throws IllegalArgumentException if a file is missing or the model is of an unsupported kind
     * @throws dev.sealstream.languagemodel.safetensors.SafetensorsException if a weight file is damaged or misshapen
     */
    public static LanguageModel load(Path huggingFaceDirectory, LoadOptions options) {
        TokenizerFiles tokenizerFiles = TokenizerFiles.read(huggingFaceDirectory);
        ModelConfig config = tokenizerFiles.withEosIds(
                ModelConfig.fromJson(bytes(huggingFaceDirectory.resolve(HuggingFaceDirectory.CONFIG))));
        Tokenizer tokenizer = tokenizerFiles.tokenizer(config);
        Device device = Device.fromName(options.device());
        NDManager manager = NDManager.newBaseManager(device, DecoderScript.ENGINE);
        JniUtils.setNumThreads(options.threads());
        try (WeightFiles files = new WeightFiles(huggingFaceDirectory)) {
            DecoderWeights weights = DecoderWeights.read(config, manager, files);
            return new LanguageModel(config, tokenizer, tokenizerFiles, options, manager, weights, files.sha256());
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static byte[] bytes(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file + " is missing; give a Hugging Face model directory");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    public ModelConfig config() {
        return config;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * How the model was taught to read conversations; empty if it was not.
     *
     * @throws IllegalArgumentException if the model's template is damaged
     */
    public Optional<ChatTemplate> chatTemplate() {
        return tokenizerFiles.chatTemplate();
    }

    /**
     * Identifies the weights: lower-case hexadecimal SHA-256 of the {@code model.safetensors} they were read from, or for
     * merged weights of the one that {@link #save} would write.
     */
    public synchronized String weightsSha256() {
        if (sha256 == null) {
            DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), Sha256.newDigest());
            try {
                Safetensors.write(out, WeightNames.shapes(config), weights::floats);
            } catch (IOException e) {
                throw new UncheckedIOException("hashing weights", e);
            }
            sha256 = Sha256.hex(out.getMessageDigest());
        }
        return sha256;
    }

    /**
     * Continues prompts, together as far as memory allows.
     *
     * <p>Prompts may differ in length and adapter. The same prompt, seed and adapter draw the same random numbers whatever
     * stands beside them; the logits they meet may differ by rounding with the shape of the batch, so a token can change
     * where two were all but equally likely. The same call repeated gives the same bits.
     *
     * @param adapters what {@link Prompt#adapter} refers to; may be empty
     * @return one completion for each prompt, in their order
     * @throws IllegalArgumentException if a prompt is too long, has a token or an adapter that does not exist, or an
     *     adapter belongs to another model
     */
    public synchronized List<Completion> generate(List<Prompt> prompts, Sampling sampling, List<LoraAdapter> adapters) {
        return Generator.generate(manager, weights, prompts, sampling, adapters);
    }

    /**
     * Trains one adapter for each task, all in lock-step; the model itself stays as it is.
     *
     * <p>What a task gives depends, up to rounding, on that task alone. The same call repeated gives the same bits.
     *
     * @return one adapter for each task, in their order; one that diverged is returned as it is
     * @throws IllegalArgumentException if a sequence is too long or has a token that does not exist
     */
    public synchronized List<TrainedAdapter> trainAdapters(
            List<AdapterTask> tasks, LoraSettings lora, TrainingSettings training) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        return new AdapterTrainer(weights, lora, training, options.bfloat16Training()).train(manager, tasks);
    }

    /**
     * Returns a new model with adapters added to the weights in float32, one after another; this one stays as it is.
     *
     * <p>The new model shares nothing with this one but the tokenizer; close both.
     *
     * @throws IllegalArgumentException if an adapter belongs to another model
     */
    public synchronized LanguageModel merged(List<LoraAdapter> deltas) {
        deltas.forEach(delta -> AdapterStack.check(config, delta));
        NDManager own = NDManager.newBaseManager(manager.getDevice(), DecoderScript.ENGINE);
        try {
            return new LanguageModel(
                    config, tokenizer, tokenizerFiles, options, own, weights.merged(own, deltas), null);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** Writes the model in float32, with the tokenizer's files as they were; existing files of the same names are replaced. */
    public synchronized void save(Path huggingFaceDirectory) {
        HuggingFaceDirectory.write(huggingFaceDirectory, config, tokenizer.json(), weights::floats);
        tokenizerFiles.copyTo(huggingFaceDirectory);
    }

    @Override
    public synchronized void close() {
        manager.close();
    }
}
