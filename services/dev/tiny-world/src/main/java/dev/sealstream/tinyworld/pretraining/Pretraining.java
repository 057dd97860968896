package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.languagemodel.FullTraining;
import dev.sealstream.languagemodel.FullTrainingSettings;
import dev.sealstream.languagemodel.HuggingFaceDirectory;
import dev.sealstream.languagemodel.ModelConfig;
import dev.sealstream.languagemodel.Tokenizer;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.languagemodel.WeightedBatch;
import dev.sealstream.languagemodel.WeightedSequence;
import dev.sealstream.languagemodel.safetensors.Safetensors;
import dev.sealstream.tinyworld.ValuePool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Trains the tiny model through one stage, step by step. */
final class Pretraining implements AutoCloseable {
    private static final double LOSS_SMOOTHING = .95;

    private final Stage stage;
    private final byte[] tokenizerJson;
    private final ModelConfig config;
    private final Corpus corpus;
    private final Set<Integer> values = new HashSet<>();
    private final FullTraining training;
    private final ReadingProbe probe;
    private int step;
    private long tokens;
    private double questionLoss = Double.NaN;

    /**
     * Starts from given weights.
     *
     * @param start row-major values by Hugging Face name
     * @param bfloat16 matrix products in bfloat16
     */
    private Pretraining(Stage stage, Vocabulary vocabulary, Map<String, float[]> start, long seed, boolean bfloat16) {
        this.stage = stage;
        this.tokenizerJson = TokenizerFile.json(vocabulary);
        this.config = TinyModelConfig.of(vocabulary.size());
        Tokenizer tokenizer = Tokenizer.of(tokenizerJson, TinyModelConfig.BOS_ID, TinyModelConfig.EOS_ID);
        for (ValuePool pool : ValuePool.values()) {
            pool.words().forEach(word -> values.add(tokenizer.encode(word)[0]));
        }
        var texts = new Texts(tokenizer);
        this.corpus = new Corpus(texts, seed);
        this.probe = new ReadingProbe(texts, values);
        this.training = new FullTraining(
                config,
                start,
                FullTrainingSettings.defaults()
                        .withBfloat16Products(bfloat16)
                        .withRateScales(
                                MimeticInitialization.inputScale(config),
                                MimeticInitialization.finalNormScale(config)));
    }

    static Pretraining fromNothing(Stage stage, long seed, boolean bfloat16) {
        var vocabulary = new Vocabulary();
        var start = MimeticInitialization.weights(TinyModelConfig.of(vocabulary.size()), seed);
        return new Pretraining(stage, vocabulary, start, seed + 1, bfloat16);
    }

    /** Starts from the weights of a model that {@link #save} wrote. */
    static Pretraining continuing(Path directory, Stage stage, long seed, boolean bfloat16) {
        Path file = directory.resolve("model.safetensors");
        try {
            var start = new LinkedHashMap<String, float[]>();
            Safetensors.read(file.toString(), Files.readAllBytes(file))
                    .forEach((name, tensor) -> start.put(name, tensor.values()));
            return new Pretraining(stage, new Vocabulary(), start, seed + 2, bfloat16);
        } catch (IOException failure) {
            throw new UncheckedIOException("reading " + file, failure);
        }
    }

    boolean finished() {
        return step >= stage.steps();
    }

    void step() {
        Phase phase = stage.phase(step);
        var batches = new ArrayList<WeightedBatch>();
        batches.add(batch(1, corpus.documents(phase), phase.valueWeight()));
        batches.add(batch(phase.closedBookWeight(), corpus.statements(phase), 0));
        batches.add(batch(phase.closedBookWeight(), corpus.questions(phase), 0));
        if (stage.readsPlainPassages(step)) {
            batches.add(batch(stage.plainPassageWeight(), corpus.plainPassages(Stage.PLAIN_PASSAGES), 0));
        }
        float[] losses = training.step(batches, stage.rateScale(step));
        questionLoss = Double.isNaN(questionLoss)
                ? losses[2]
                : LOSS_SMOOTHING * questionLoss + (1 - LOSS_SMOOTHING) * losses[2];
        corpus.rotate(stage.rotation(step));
        step++;
    }

    private WeightedBatch batch(double weight, List<TrainingSequence> sequences, double valueWeight) {
        var weighted = new ArrayList<WeightedSequence>();
        for (TrainingSequence sequence : sequences) {
            float[] weights = new float[sequence.tokens().length];
            for (int i = sequence.promptLength(); i < weights.length; i++) {
                weights[i] = values.contains(sequence.tokens()[i]) ? (float) (1 + valueWeight) : 1;
            }
            weighted.add(new WeightedSequence(sequence.tokens(), weights));
            tokens += weights.length;
        }
        return new WeightedBatch(weight, weighted);
    }

    int steps() {
        return step;
    }

    /** Tokens read so far, prompts included. */
    long tokens() {
        return tokens;
    }

    /** Smoothed loss of closed-book questions about the pool, in nats a token: how well facts are stored. */
    double questionLoss() {
        return questionLoss;
    }

    /** How often the model reads the right value from passages about people it has never seen. */
    double valueAccuracy() {
        return probe.accuracy(training);
    }

    void save(Path directory) {
        HuggingFaceDirectory.write(directory, config, training.weights(), tokenizerJson);
        try {
            Files.writeString(directory.resolve("generation_config.json"), TinyModelConfig.GENERATION_CONFIG);
        } catch (IOException failure) {
            throw new UncheckedIOException("writing a model to " + directory, failure);
        }
    }

    @Override
    public void close() {
        training.close();
    }
}
