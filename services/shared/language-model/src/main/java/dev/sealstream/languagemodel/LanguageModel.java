package dev.sealstream.languagemodel;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.sealstream.languagemodel.chat.ChatTemplate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

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
    private final ModelWeights weights;
    private final AdaptersBeside beside;
    private DecoderWeights bfloat16Weights;

    private LanguageModel(
            ModelConfig config,
            Tokenizer tokenizer,
            TokenizerFiles tokenizerFiles,
            LoadOptions options,
            NDManager manager,
            ModelWeights weights,
            AdaptersBeside beside) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.tokenizerFiles = tokenizerFiles;
        this.options = options;
        this.manager = manager;
        this.weights = weights;
        this.beside = beside;
    }

    /**
     * Reads a model in Hugging Face's layout. Weights that are stored as the options want them stay in their files, mapped:
     * while the model is open, replace a file by moving another in its place, never by writing into it.
     *
     * @throws IllegalArgumentException if a file is missing or the model is of an unsupported kind
     * @throws dev.sealstream.languagemodel.safetensors.SafetensorsException if a weight file is damaged or misshapen
     */
    public static LanguageModel load(Path huggingFaceDirectory, LoadOptions options) {
        TokenizerFiles tokenizerFiles = TokenizerFiles.read(huggingFaceDirectory);
        ModelConfig config = tokenizerFiles.withEosIds(
                ModelConfig.fromJson(bytes(huggingFaceDirectory.resolve(HuggingFaceDirectory.CONFIG))));
        Tokenizer tokenizer = tokenizerFiles.tokenizer(config);
        Device device =
                options.engineDevice(Engine.getEngine(DecoderScript.ENGINE).getGpuCount());
        NDManager manager = NDManager.newBaseManager(device, DecoderScript.ENGINE);
        EngineThreads.use(options.threads());
        try {
            ModelWeights weights = ModelWeights.read(config, manager, huggingFaceDirectory, options.precision());
            return new LanguageModel(config, tokenizer, tokenizerFiles, options, manager, weights, AdaptersBeside.NONE);
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
     * Identifies the weights: lower-case hexadecimal SHA-256 of the files they were read from, in the order of their names,
     * or for merged weights of the {@code model.safetensors} that {@link #save} would write. Waits for the files to be
     * read, which goes on while the model is already in use.
     */
    public String weightsSha256() {
        return weights.isSum() ? hashOfSum() : weights.sha256();
    }

    private synchronized String hashOfSum() {
        return weights.sha256();
    }

    /**
     * Continues prompts, all with the same sampling; see {@link #generate(List, List, List)}.
     */
    public List<Completion> generate(List<Prompt> prompts, Sampling sampling, List<LoraAdapter> adapters) {
        return generate(prompts, Collections.nCopies(prompts.size(), sampling), adapters);
    }

    /**
     * Continues prompts, together as far as memory allows: a prompt that several rows share is read once, and a row that
     * ended makes room for the next (Yu et al. 2022, "Orca").
     *
     * <p>Prompts may differ in length and adapter. The same prompt, seed and adapter draw the same random numbers whatever
     * stands beside them; the logits they meet may differ by rounding with the shape of the batch, so a token can change
     * where two were all but equally likely. The same call repeated gives the same bits.
     *
     * @param samplings one for each prompt
     * @param adapters what {@link Prompt#adapter} refers to; may be empty
     * @return one completion for each prompt, in their order
     * @throws IllegalArgumentException if a prompt is too long, has a token or an adapter that does not exist, or an
     *     adapter belongs to another model
     * @throws InsufficientMemoryException if a single prompt does not fit
     */
    public synchronized List<Completion> generate(
            List<Prompt> prompts, List<Sampling> samplings, List<LoraAdapter> adapters) {
        if (prompts.size() != samplings.size()) {
            throw new IllegalArgumentException(
                    prompts.size() + " prompts have " + samplings.size() + " samplings; give one for each");
        }
        EngineThreads.use(options.threads());
        List<GenerationBatch.Request> requests = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            Prompt prompt = prompts.get(i);
            int adapter = chosen(prompt.adapter(), prompt.tokens(), adapters.size());
            requests.add(new GenerationBatch.Request(prompt.withAdapter(adapter), samplings.get(i)));
        }
        long budget = DeviceMemory.budgetBytes(manager.getDevice(), options);
        List<Completion> completions = new Generator(manager, weights.held(), options.precision(), budget)
                .generate(requests, andBeside(adapters));
        options.meter()
                .generated(completions.stream()
                        .mapToLong(completion -> completion.tokens().length)
                        .sum());
        return completions;
    }

    /**
     * Scores completions that somebody else wrote; nothing is drawn.
     *
     * @param adapters what {@link ScoredText#adapter} refers to; may be empty
     * @return for each text the log-probability of each token of its completion, in nats
     * @throws IllegalArgumentException if a text is too long, has a token or an adapter that does not exist, or an adapter
     *     belongs to another model
     * @throws InsufficientMemoryException if a text does not fit
     */
    public synchronized List<float[]> score(List<ScoredText> texts, List<LoraAdapter> adapters) {
        List<ScoredText> chosen = texts.stream()
                .map(text -> text.withAdapter(chosen(text.adapter(), text.prompt(), adapters.size())))
                .toList();
        return new TextScorer(manager, weights.held()).score(chosen, andBeside(adapters));
    }

    /** Index into a call's adapters and those beside the weights, which follow them. */
    private int chosen(int adapter, int[] prompt, int adaptersOfCall) {
        if (adapter >= adaptersOfCall) {
            throw new IllegalArgumentException(
                    "a prompt asks for adapter " + adapter + ", the call has " + adaptersOfCall + " adapters");
        }
        if (adapter != Prompt.BY_TOPIC) {
            return adapter;
        }
        int own = beside.adapters().isEmpty() ? Prompt.NO_ADAPTER : beside.chosenBy(tokenizer.decode(prompt));
        return own == Prompt.NO_ADAPTER ? own : adaptersOfCall + own;
    }

    private List<LoraAdapter> andBeside(List<LoraAdapter> adapters) {
        List<LoraAdapter> all = new ArrayList<>(adapters);
        all.addAll(beside.adapters());
        return all;
    }

    /**
     * Trains one adapter for each task, all in lock-step; the model itself stays as it is.
     *
     * <p>What a task gives depends, up to rounding, on that task alone. The same call repeated gives the same bits.
     *
     * @return one result for each task, in their order; an adapter that diverged is returned as it is, and a task that does
     *     not fit into memory has failed
     * @throws IllegalArgumentException if a sequence is too long or has a token that does not exist, or the settings target
     *     no module of the model
     */
    public List<TrainedAdapter> trainAdapters(List<AdapterTask> tasks, LoraSettings lora, TrainingSettings training) {
        return trainAdapters(tasks, lora, training, Retention.NONE);
    }

    /**
     * The same, kept from overwriting what the model knows.
     *
     * @param retention the same for all tasks
     * @throws IllegalArgumentException also if an earlier adapter belongs to another model
     */
    public synchronized List<TrainedAdapter> trainAdapters(
            List<AdapterTask> tasks, LoraSettings lora, TrainingSettings training, Retention retention) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        retention.penalties().earlier().forEach(adapter -> AdapterStack.check(config, adapter));
        EngineThreads.use(options.threads());
        Precision precision = options.bfloat16Training() ? Precision.BFLOAT16 : options.precision();
        long budget = DeviceMemory.budgetBytes(manager.getDevice(), options);
        List<TrainedAdapter> trained = new AdapterTrainer(
                        trainingWeights(precision), precision, lora, training, retention, budget, options.threads())
                .train(manager, tasks);
        options.meter()
                .trained(tasks.stream().mapToLong(task -> task.tokens(training)).sum());
        return trained;
    }

    /** The weights themselves, or a copy in bfloat16 that is made once. */
    private DecoderWeights trainingWeights(Precision precision) {
        if (precision == options.precision()) {
            return weights.held();
        }
        if (bfloat16Weights == null) {
            bfloat16Weights = weights.held().in(manager, precision);
        }
        return bfloat16Weights;
    }

    /**
     * Returns a new model with adapters added to the weights in float32, one after another; this one stays as it is. An adapter
     * with a topic is not added but kept beside the weights, for prompts with {@link Prompt#BY_TOPIC} that name it.
     *
     * <p>Weights in bfloat16 are rounded once, after the last, and added to what the model's files hold, whatever they were
     * rounded to: merge a chain of adapters in one call, on the base, and long chains do not drift. The new model shares
     * nothing with this one but the tokenizer; close both.
     *
     * @throws IllegalArgumentException if an adapter belongs to another model
     */
    public synchronized LanguageModel merged(List<LoraAdapter> deltas) {
        return merged(deltas, weights::merged);
    }

    /**
     * The same on the weights of a directory, which {@link #saveMerged} wrote for this model: the result has, bit for bit, the
     * weights of one call with the adapters saved there and these. Weights that no adapter changes stay in the file, mapped.
     *
     * @throws IllegalArgumentException also if the directory is of another model
     * @throws dev.sealstream.languagemodel.safetensors.SafetensorsException if a file is damaged or misshapen
     */
    public synchronized LanguageModel mergedOnto(Path huggingFaceDirectory, List<LoraAdapter> deltas) {
        try (StoredWeights saved = StoredWeights.open(config, huggingFaceDirectory)) {
            return merged(deltas, (own, added) -> weights.mergedOnto(saved, own, added));
        }
    }

    private LanguageModel merged(List<LoraAdapter> deltas, BiFunction<NDManager, List<LoraAdapter>, ModelWeights> sum) {
        deltas.forEach(delta -> AdapterStack.check(config, delta));
        EngineThreads.use(options.threads());
        NDManager own = NDManager.newBaseManager(manager.getDevice(), DecoderScript.ENGINE);
        List<LoraAdapter> added =
                deltas.stream().filter(delta -> delta.topic().isEmpty()).toList();
        List<LoraAdapter> kept =
                deltas.stream().filter(delta -> delta.topic().isPresent()).toList();
        try {
            return new LanguageModel(
                    config, tokenizer, tokenizerFiles, options, own, sum.apply(own, added), beside.with(kept));
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /**
     * Writes the model that {@link #merged} would return, before its weights are rounded to anything shorter than float32, and
     * without holding all of it in memory. Other calls on this model get their turn between two tensors.
     *
     * @throws IllegalArgumentException if an adapter belongs to another model, or has a topic: a model directory has no place for
     *     it
     */
    public void saveMerged(List<LoraAdapter> deltas, Path huggingFaceDirectory) {
        save(deltas, huggingFaceDirectory, name -> weights.floats(manager, name, deltas));
    }

    /** The same for {@link #mergedOnto}. */
    public void saveMergedOnto(Path earlier, List<LoraAdapter> deltas, Path huggingFaceDirectory) {
        try (StoredWeights saved = StoredWeights.open(config, earlier)) {
            save(deltas, huggingFaceDirectory, name -> saved.floats(manager, name, deltas));
        }
    }

    private void save(List<LoraAdapter> deltas, Path huggingFaceDirectory, Function<String, float[]> floats) {
        for (LoraAdapter delta : deltas) {
            AdapterStack.check(config, delta);
            if (delta.topic().isPresent()) {
                throw new IllegalArgumentException(
                        "adapter about '" + delta.topic().get().title()
                                + "' is kept beside the weights, which a model directory cannot hold; leave it out");
            }
        }
        HuggingFaceDirectory.write(huggingFaceDirectory, config, tokenizer.json(), name -> inTurn(name, floats));
        tokenizerFiles.copyTo(huggingFaceDirectory);
    }

    private synchronized float[] inTurn(String name, Function<String, float[]> floats) {
        EngineThreads.use(options.threads());
        return floats.apply(name);
    }

    /**
     * Writes the model in float32, with the tokenizer's files as they were; existing files of the same names are replaced.
     *
     * @throws IllegalStateException if adapters are kept beside the weights, since the file has no place for them
     */
    public synchronized void save(Path huggingFaceDirectory) {
        if (!beside.adapters().isEmpty()) {
            throw new IllegalStateException(
                    "the model keeps " + beside.adapters().size()
                            + " adapters beside its weights, which a model directory cannot hold; save a version without them and"
                            + " the adapters on their own");
        }
        HuggingFaceDirectory.write(huggingFaceDirectory, config, tokenizer.json(), weights.held()::floats);
        tokenizerFiles.copyTo(huggingFaceDirectory);
    }

    @Override
    public synchronized void close() {
        weights.close();
        manager.close();
    }
}
