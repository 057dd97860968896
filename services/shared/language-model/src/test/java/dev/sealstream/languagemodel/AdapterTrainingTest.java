package dev.sealstream.languagemodel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class AdapterTrainingTest {
    private static final ModelConfig CONFIG = TinyModels.llama();
    private static final TrainingSettings TRAINING =
            new TrainingSettings(3, 2, 1e-2, LearningRateDecay.LINEAR, 0.9, 0.99, 0.01, LossMean.TOKENS);

    private static LanguageModel model;

    @BeforeAll
    static void load(@TempDir Path directory) {
        model = TinyModels.load(directory, CONFIG, 21);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void adaptersTrainedTogetherEqualEachTrainedAlone() {
        // Given tasks of different sizes, so that some end earlier
        List<AdapterTask> tasks = List.of(task("a", 1, 5), task("b", 2, 1), task("c", 3, 3));

        // When
        List<TrainedAdapter> together = train(tasks, TRAINING);

        // Then
        for (int k = 0; k < tasks.size(); k++) {
            TrainedAdapter alone = train(List.of(tasks.get(k)), TRAINING).get(0);
            assertThat(together.get(k).id()).isEqualTo(tasks.get(k).id());
            assertThat(together.get(k).lossCurve()).containsExactly(alone.lossCurve(), within(1e-5f));
            assertThat(distance(together.get(k).adapter(), alone.adapter())).isLessThan(1e-5);
        }
        assertThat(together.get(0).lossCurve()).hasSize(9);
        assertThat(together.get(1).lossCurve()).hasSize(3);
    }

    @Test
    void meterIsToldEveryTokenAsOftenAsItIsRead(@TempDir Path directory) {
        // Given
        TinyModels.load(directory, CONFIG, 21).close();
        var trained = new AtomicLong();
        var generated = new AtomicLong();
        var meter = new TokenMeter() {
            @Override
            public void trained(long tokens) {
                trained.addAndGet(tokens);
            }

            @Override
            public void generated(long tokens) {
                generated.addAndGet(tokens);
            }
        };
        var sequence = new TrainingSequence(TinyModels.tokens(CONFIG, 5, 1), 0);

        // When
        try (var metered = LanguageModel.load(directory, LoadOptions.cpu().withTokenMeter(meter))) {
            metered.trainAdapters(
                    List.of(new AdapterTask("a", 1, List.of(sequence, sequence))), TinyModels.LORA, TRAINING);
            var prompt = new Prompt(TinyModels.tokens(CONFIG, 4, 2), 0, Prompt.NO_ADAPTER);
            metered.generate(List.of(prompt), Sampling.greedy(3, Set.of()), List.of());
        }

        // Then two sequences of five tokens in three epochs, and three tokens
        assertThat(trained).hasValue(30);
        assertThat(generated).hasValue(3);
    }

    @Test
    void adaptersSharedOutAmongThreadsEqualThoseOfOneThreadAndRepeatBitForBit(@TempDir Path directory) {
        // Given more threads than some lanes need
        TinyModels.load(directory, CONFIG, 21).close();
        List<AdapterTask> tasks = List.of(task("a", 1, 5), task("b", 2, 1), task("c", 3, 3), task("d", 4, 2));

        // When
        List<TrainedAdapter> first;
        List<TrainedAdapter> second;
        try (LanguageModel threaded = LanguageModel.load(directory, LoadOptions.cpu(3))) {
            first = threaded.trainAdapters(tasks, TinyModels.LORA, TRAINING);
            second = threaded.trainAdapters(tasks, TinyModels.LORA, TRAINING);
        }

        // Then
        List<TrainedAdapter> together = train(tasks, TRAINING);
        for (int k = 0; k < tasks.size(); k++) {
            assertThat(first.get(k).id()).isEqualTo(tasks.get(k).id());
            assertThat(distance(first.get(k).adapter(), together.get(k).adapter()))
                    .isLessThan(1e-5);
            assertThat(PeftFormat.safetensors(second.get(k).adapter()))
                    .isEqualTo(PeftFormat.safetensors(first.get(k).adapter()));
        }
    }

    @Test
    void tasksThatFitOnlyOneAtATimeAreTrainedOnSeveralThreadsToo(@TempDir Path directory) {
        // Given memory for one adapter of the longest sequence, but not for a second beside it
        TinyModels.load(directory, CONFIG, 21).close();
        AdapterShape shape = new AdapterShape(CONFIG, TinyModels.LORA);
        long needed = 0;
        while (TrainingMemory.of(CONFIG, shape, Precision.FLOAT32, needed).adaptersMax(33) == 0) {
            needed += 4096;
        }
        List<AdapterTask> tasks = List.of(task("a", 1, 5), task("b", 2, 5));

        // When
        List<TrainedAdapter> trained;
        try (LanguageModel small =
                LanguageModel.load(directory, LoadOptions.cpu(2).withWorkMemoryBytes(needed))) {
            trained = small.trainAdapters(tasks, TinyModels.LORA, TRAINING);
        }

        // Then
        List<TrainedAdapter> together = train(tasks, TRAINING);
        for (int k = 0; k < tasks.size(); k++) {
            assertThat(distance(trained.get(k).required(), together.get(k).adapter()))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void tasksWithTheirOwnEpochsBatchesAndRatesEqualEachTrainedAlone() {
        // Given
        TrainingSettings slow =
                new TrainingSettings(5, 1, 3e-3, LearningRateDecay.NONE, 0.9, 0.99, 0.01, LossMean.SEQUENCES);
        AdapterTask own = new AdapterTask("own", 7, task("x", 4, 3).sequences(), slow);
        List<AdapterTask> tasks = List.of(task("a", 1, 4), own);

        // When
        List<TrainedAdapter> together = train(tasks, TRAINING);

        // Then
        assertThat(together.get(1).lossCurve()).hasSize(15);
        for (int k = 0; k < tasks.size(); k++) {
            TrainedAdapter alone = train(List.of(tasks.get(k)), TRAINING).get(0);
            assertThat(distance(together.get(k).adapter(), alone.adapter())).isLessThan(1e-5);
        }
        assertThat(distance(
                        together.get(1).adapter(),
                        train(List.of(new AdapterTask("own", 7, own.sequences())), slow)
                                .get(0)
                                .adapter()))
                .isLessThan(1e-5);
    }

    @Test
    void workThatDoesNotFitAtOnceIsCutAndGivesTheSame(@TempDir Path directory) {
        // Given memory for one adapter and its longest sequence, activations computed twice
        TinyModels.load(directory, CONFIG, 21).close();
        List<AdapterTask> tasks = List.of(task("a", 1, 5), task("b", 2, 5), task("c", 3, 3));
        List<TrainedAdapter> together = train(tasks, TRAINING);
        AdapterShape shape = new AdapterShape(CONFIG, TinyModels.LORA);
        long needed = 0;
        TrainingMemory memory;
        do {
            needed += 4096;
            memory = TrainingMemory.of(CONFIG, shape, Precision.FLOAT32, needed);
        } while (memory.adaptersMax(33) == 0);
        assertThat(memory.plan(1, 33, false).recompute()).isTrue();

        // When
        List<TrainedAdapter> cut;
        try (LanguageModel small =
                LanguageModel.load(directory, LoadOptions.cpu(1).withWorkMemoryBytes(needed))) {
            cut = small.trainAdapters(tasks, TinyModels.LORA, TRAINING);
        }

        // Then
        for (int k = 0; k < tasks.size(); k++) {
            assertThat(distance(cut.get(k).required(), together.get(k).adapter()))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void taskThatDoesNotFitFailsWithTheFigureAndLeavesTheOthersAlone(@TempDir Path directory) {
        // Given memory for short sequences only
        TinyModels.load(directory, CONFIG, 21).close();
        AdapterShape shape = new AdapterShape(CONFIG, TinyModels.LORA);
        long enough = 0;
        while (TrainingMemory.of(CONFIG, shape, Precision.FLOAT32, enough).adaptersMax(40) == 0) {
            enough += 4096;
        }
        List<AdapterTask> tasks = List.of(task("short", 1, 2), new AdapterTask("long", 2, List.of(sequence(90, 1))));

        // When
        List<TrainedAdapter> trained;
        try (LanguageModel small =
                LanguageModel.load(directory, LoadOptions.cpu(1).withWorkMemoryBytes(enough))) {
            trained = small.trainAdapters(tasks, TinyModels.LORA, TRAINING);
        }

        // Then
        assertThat(trained.get(0).required().isFinite()).isTrue();
        assertThat(trained.get(1).hasFailed()).isTrue();
        assertThat(trained.get(1).failure()).contains("90 tokens").contains("MiB");
        assertThatThrownBy(trained.get(1)::required).hasMessageContaining("long");
    }

    @Test
    void sameTasksGiveTheSameBits() {
        // Given
        List<AdapterTask> tasks = List.of(task("a", 1, 4), task("b", 2, 3));

        // When
        List<TrainedAdapter> first = train(tasks, TRAINING);
        List<TrainedAdapter> second = train(tasks, TRAINING);

        // Then
        for (int k = 0; k < tasks.size(); k++) {
            assertThat(second.get(k).lossCurve()).isEqualTo(first.get(k).lossCurve());
            assertThat(PeftFormat.safetensors(second.get(k).adapter()))
                    .isEqualTo(PeftFormat.safetensors(first.get(k).adapter()));
        }
    }

    @Test
    void trainingLowersTheLossOfWhatWasLearnt() {
        // Given
        TrainingSettings training =
                new TrainingSettings(40, 0, 1e-2, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);

        // When
        float[] curve = train(List.of(task("a", 1, 2)), training).get(0).lossCurve();

        // Then
        assertThat(curve[curve.length - 1]).isLessThan(0.3f * curve[0]);
    }

    @Test
    void roundingProductsToBfloat16LearnsNearlyTheSame(@TempDir Path directory) {
        // Given
        TinyModels.load(directory, CONFIG, 21).close();
        TrainingSettings training =
                new TrainingSettings(10, 0, 1e-2, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);
        List<AdapterTask> tasks = List.of(task("a", 1, 2), task("b", 2, 3));
        float[] exact = train(tasks, training).get(0).lossCurve();

        // When
        float[] rounded;
        try (LanguageModel fast =
                LanguageModel.load(directory, LoadOptions.cpu(1).withBfloat16Training(true))) {
            rounded =
                    fast.trainAdapters(tasks, TinyModels.LORA, training).get(0).lossCurve();
        }

        // Then
        assertThat(rounded[0]).isCloseTo(exact[0], within(0.05f)).isNotEqualTo(exact[0]);
        assertThat(exact[0] - rounded[9]).isGreaterThan(0.9f * (exact[0] - exact[9]));
    }

    @Test
    void callsFromSeveralThreadsGiveWhatTheyGiveAlone() throws Exception {
        // Given
        List<AdapterTask> tasks = List.of(task("a", 1, 3));
        byte[] alone = PeftFormat.safetensors(train(tasks, TRAINING).get(0).adapter());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            // When
            List<Future<byte[]>> results = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                results.add(threads.submit(() ->
                        PeftFormat.safetensors(train(tasks, TRAINING).get(0).adapter())));
            }

            // Then
            for (Future<byte[]> result : results) {
                assertThat(result.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void firstLossIsThatOfTheModelItself() {
        // Given a prompt that is read but not learnt
        int[] tokens = TinyModels.tokens(CONFIG, 12, 3);
        AdapterTask task = new AdapterTask("a", 5, List.of(new TrainingSequence(tokens, 4)));
        double[][] logits = new ReferenceDecoder(CONFIG, TinyModels.weights(CONFIG, 21)).logits(tokens);

        // When
        float[] curve = train(List.of(task), TRAINING).get(0).lossCurve();

        // Then
        double expected = 0;
        for (int t = 4; t < tokens.length; t++) {
            expected += crossEntropy(logits[t - 1], tokens[t]) / (tokens.length - 4);
        }
        assertThat((double) curve[0]).isCloseTo(expected, within(1e-4));
    }

    @Test
    void meanOverSequencesWeighsThemAlike() {
        // Given a short and a long sequence
        List<TrainingSequence> sequences = List.of(sequence(4, 1), sequence(20, 2));
        TrainingSettings bySequence =
                new TrainingSettings(1, 0, 0, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.SEQUENCES);
        TrainingSettings byToken = new TrainingSettings(1, 0, 0, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);
        float shortLoss = loss(sequences.subList(0, 1), byToken);
        float longLoss = loss(sequences.subList(1, 2), byToken);

        // When
        float overSequences = loss(sequences, bySequence);
        float overTokens = loss(sequences, byToken);

        // Then
        assertThat(overSequences).isCloseTo((shortLoss + longLoss) / 2, within(1e-5f));
        assertThat(overTokens).isCloseTo((3 * shortLoss + 19 * longLoss) / 22, within(1e-5f));
    }

    @Test
    void divergedTrainingIsAResultAndSaysSo() {
        // Given
        TrainingSettings wild = new TrainingSettings(4, 0, 1e30, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);

        // When
        List<TrainedAdapter> trained = train(List.of(task("wild", 1, 2)), wild);

        // Then
        assertThat(trained.get(0).adapter().isFinite()).isFalse();
        assertThat(trained.get(0).lossCurve()).hasSize(4);
    }

    @Test
    void sequenceLongerThanTheModelHoldsIsRefusedByName() {
        AdapterTask task = new AdapterTask("long-one", 1, List.of(sequence(97, 1)));

        assertThatThrownBy(() -> train(List.of(task), TRAINING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("long-one")
                .hasMessageContaining("97")
                .hasMessageContaining("96");
    }

    private static List<TrainedAdapter> train(List<AdapterTask> tasks, TrainingSettings training) {
        return model.trainAdapters(tasks, TinyModels.LORA, training);
    }

    private static float loss(List<TrainingSequence> sequences, TrainingSettings training) {
        return train(List.of(new AdapterTask("x", 1, sequences)), training)
                .get(0)
                .lossCurve()[0];
    }

    private static AdapterTask task(String id, long seed, int sequences) {
        List<TrainingSequence> own = new ArrayList<>();
        for (int i = 0; i < sequences; i++) {
            own.add(sequence(5 + 7 * i, 100 * seed + i));
        }
        return new AdapterTask(id, seed, own);
    }

    private static TrainingSequence sequence(int length, long seed) {
        return new TrainingSequence(TinyModels.tokens(CONFIG, length, seed), 0);
    }

    private static double crossEntropy(double[] logits, int token) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.log(sum) - logits[token];
    }

    /** Norm of the difference of all factors, relative to the norm of the first adapter's. */
    private static double distance(LoraAdapter x, LoraAdapter y) {
        double difference = 0;
        double size = 0;
        for (String path : x.modules().keySet()) {
            for (boolean ofA : new boolean[] {true, false}) {
                float[] p =
                        ofA ? x.modules().get(path).a() : x.modules().get(path).b();
                float[] q =
                        ofA ? y.modules().get(path).a() : y.modules().get(path).b();
                for (int i = 0; i < p.length; i++) {
                    difference += (p[i] - q[i]) * (double) (p[i] - q[i]);
                    size += p[i] * (double) p[i];
                }
            }
        }
        return Math.sqrt(difference / size);
    }
}
