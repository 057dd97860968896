package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.languagemodel.FullTraining;
import dev.sealstream.languagemodel.FullTrainingSettings;
import dev.sealstream.languagemodel.HuggingFaceDirectory;
import dev.sealstream.languagemodel.ModelConfig;
import dev.sealstream.languagemodel.Tokenizer;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.languagemodel.WeightedBatch;
import dev.sealstream.languagemodel.WeightedSequence;
import dev.sealstream.tinyworld.ValuePool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Trains the tiny model from nothing, step by step. */
final class Pretraining implements AutoCloseable {
    private static final double LOSS_SMOOTHING = .95;

    private final PretrainingSettings settings;
    private final byte[] tokenizerJson;
    private final ModelConfig config;
    private final Corpus corpus;
    private final Set<Integer> values = new HashSet<>();
    private final FullTraining training;
    private final ReadingProbe probe;
    private int step;
    private long tokens;
    private double questionLoss = Double.NaN;

    Pretraining(PretrainingSettings settings) {
        this.settings = settings;
        var vocabulary = new Vocabulary();
        this.tokenizerJson = TokenizerFile.json(vocabulary);
        this.config = TinyModelConfig.of(vocabulary.size());
        Tokenizer tokenizer = Tokenizer.of(tokenizerJson, TinyModelConfig.BOS_ID, TinyModelConfig.EOS_ID);
        for (ValuePool pool : ValuePool.values()) {
            pool.words().forEach(word -> values.add(tokenizer.encode(word)[0]));
        }
        var texts = new Texts(tokenizer);
        this.corpus = new Corpus(texts, settings.pool(), settings.seed() + 1);
        this.probe = new ReadingProbe(texts, values);
        this.training = new FullTraining(
                config,
                MimeticInitialization.weights(config, settings.seed()),
                FullTrainingSettings.defaults()
                        .withBfloat16Products(settings.bfloat16())
                        .withRateScales(
                                MimeticInitialization.inputScale(config),
                                MimeticInitialization.finalNormScale(config)));
    }

    boolean finished() {
        return step >= settings.steps();
    }

    void step() {
        Phase phase = Phase.at(settings.progress(step), settings.imitationFrom());
        var batches = new ArrayList<WeightedBatch>();
        batches.add(batch(1, corpus.documents(phase), phase.valueWeight()));
        batches.add(batch(phase.closedBookWeight(), corpus.statements(phase), 0));
        batches.add(batch(phase.closedBookWeight(), corpus.questions(phase), 0));
        if (phase.mixture().isPresent()
                && step % PretrainingSettings.PLAIN_PASSAGES_EVERY == 0
                && settings.plainPassageWeight() > 0) {
            batches.add(
                    batch(settings.plainPassageWeight(), corpus.plainPassages(PretrainingSettings.PLAIN_PASSAGES), 0));
        }
        float[] losses = training.step(batches, settings.rateScale(step));
        questionLoss = Double.isNaN(questionLoss)
                ? losses[2]
                : LOSS_SMOOTHING * questionLoss + (1 - LOSS_SMOOTHING) * losses[2];
        corpus.rotate(settings.rateScale(step));
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
