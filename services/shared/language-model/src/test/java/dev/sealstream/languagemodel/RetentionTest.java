package dev.sealstream.languagemodel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RetentionTest {
    private static final ModelConfig CONFIG = TinyModels.llama();
    private static final TrainingSettings TRAINING =
            new TrainingSettings(20, 0, 1e-2, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);
    private static final TrainingSequence LEARNT = sequence(12, 1);
    private static final TrainingSequence KNOWN = sequence(20, 2);

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
    void withoutRetentionTrainingIsAsEver() {
        // When
        LoraAdapter adapter = train(Retention.NONE);

        // Then
        LoraAdapter plain =
                model.trainAdapters(task(), TinyModels.LORA, TRAINING).get(0).required();
        assertThat(PeftFormat.safetensors(adapter)).isEqualTo(PeftFormat.safetensors(plain));
    }

    @Test
    void rehearsedSequencesAreLearntBesideTheTasksOwn() {
        // Given
        var rehearsal = new Rehearsal(List.of(KNOWN), 1, List.of(), 0);

        // When
        LoraAdapter adapter = train(new Retention(rehearsal, Penalties.NONE));

        // Then
        assertThat(loss(adapter, KNOWN)).isLessThan(0.5 * loss(train(Retention.NONE), KNOWN));
        assertThat(loss(adapter, LEARNT)).isLessThan(0.5 * loss(null, LEARNT));
    }

    @Test
    void lossOfTheFirstStepIsThatOfTheTaskAndTheWeightedRehearsal() {
        // Given
        var rehearsal = new Rehearsal(List.of(KNOWN), 3, List.of(KNOWN), 5);

        // When
        float first = model.trainAdapters(task(), TinyModels.LORA, TRAINING, new Retention(rehearsal, Penalties.NONE))
                .get(0)
                .lossCurve()[0];

        // Then a fresh adapter predicts what the model predicts, so the anchors add nothing
        assertThat((double) first).isCloseTo(loss(null, LEARNT) + 3 * loss(null, KNOWN), within(1e-4));
    }

    @Test
    void anchorsKeepWhatTheModelPredicted() {
        // Given
        var rehearsal = new Rehearsal(List.of(), 0, List.of(KNOWN), 10);

        // When
        LoraAdapter adapter = train(new Retention(rehearsal, Penalties.NONE));

        // Then
        assertThat(moved(adapter, KNOWN)).isLessThan(0.3 * moved(train(Retention.NONE), KNOWN));
        assertThat(loss(adapter, LEARNT)).isLessThan(0.7 * loss(null, LEARNT));
    }

    @Test
    void inMiniBatchesEachStepRehearsesItsShareInTurn() {
        // Given two sequences to learn one by one, and three to rehearse
        var tasks = List.of(new AdapterTask("a", 1, List.of(LEARNT, sequence(9, 4))));
        var still = new TrainingSettings(3, 1, 0, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);
        var texts = List.of(sequence(6, 5), sequence(7, 6), sequence(8, 7));
        float[] alone =
                model.trainAdapters(tasks, TinyModels.LORA, still).get(0).lossCurve();

        // When nothing is learnt, so that only the texts tell the steps apart
        float[] curve = model.trainAdapters(
                        tasks,
                        TinyModels.LORA,
                        still,
                        new Retention(new Rehearsal(texts, 1, List.of(), 0), Penalties.NONE))
                .get(0)
                .lossCurve();

        // Then
        for (int step = 0; step < 6; step++) {
            double rehearsed = loss(null, texts.get(step % 3));
            assertThat((double) curve[step] - alone[step]).isCloseTo(rehearsed, within(1e-4));
        }
    }

    @Test
    void penaltyOnTheWeightChangeMakesItSmaller() {
        // When
        LoraAdapter adapter = train(new Retention(Rehearsal.NONE, new Penalties(1, 0, List.of())));

        // Then
        assertThat(adapter.weightChange().frobeniusNorm())
                .isLessThan(0.5 * train(Retention.NONE).weightChange().frobeniusNorm());
    }

    @Test
    void penaltyOnOverlapTurnsTheAdapterAwayFromWhatEarlierOnesRead() {
        // Given
        LoraAdapter earlier = train(Retention.NONE);

        // When
        LoraAdapter adapter = train(new Retention(Rehearsal.NONE, new Penalties(0, 10, List.of(earlier))));

        // Then
        assertThat(overlap(adapter, earlier)).isLessThan(0.2 * overlap(train(Retention.NONE), earlier));
    }

    @Test
    void earlierAdapterOfAnotherModelIsRefused() {
        // Given
        AdapterShape other = new AdapterShape(TinyModels.gpt2(), new LoraSettings(2, 2, List.of("c_attn")));
        var penalties = new Penalties(0, 1, List.of(other.adapter(other.fresh(1))));

        // When, Then
        assertThatThrownBy(() -> train(new Retention(Rehearsal.NONE, penalties)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another model");
    }

    @Test
    void negativeWeightsAreRefused() {
        assertThatThrownBy(() -> new Penalties(-1, 0, List.of())).hasMessageContaining("l2 -1.0");
        assertThatThrownBy(() -> new Rehearsal(List.of(), Double.NaN, List.of(), 0))
                .hasMessageContaining("weight NaN");
    }

    private static List<AdapterTask> task() {
        return List.of(new AdapterTask("a", 1, List.of(LEARNT)));
    }

    private static LoraAdapter train(Retention retention) {
        return model.trainAdapters(task(), TinyModels.LORA, TRAINING, retention)
                .get(0)
                .required();
    }

    /** Mean loss over the tokens of a text, of the model with an adapter or alone. */
    private static double loss(LoraAdapter adapter, TrainingSequence text) {
        double sum = 0;
        for (float score : scores(adapter, text)) {
            sum -= score;
        }
        return sum / (text.tokens().length - 1);
    }

    /** How far an adapter moves the log-probabilities of a text's tokens, on average. */
    private static double moved(LoraAdapter adapter, TrainingSequence text) {
        float[] before = scores(null, text);
        float[] after = scores(adapter, text);
        double sum = 0;
        for (int i = 0; i < before.length; i++) {
            sum += Math.abs(after[i] - before[i]);
        }
        return sum / before.length;
    }

    private static float[] scores(LoraAdapter adapter, TrainingSequence text) {
        int[] tokens = text.tokens();
        var scored = new ScoredText(
                Arrays.copyOf(tokens, 1),
                Arrays.copyOfRange(tokens, 1, tokens.length),
                adapter == null ? Prompt.NO_ADAPTER : 0);
        return model.score(List.of(scored), adapter == null ? List.of() : List.of(adapter))
                .get(0);
    }

    /** Sum of squared products of the rows of both. */
    private static double overlap(LoraAdapter x, LoraAdapter y) {
        double sum = 0;
        for (String path : x.modules().keySet()) {
            LoraFactors p = x.modules().get(path);
            LoraFactors q = y.modules().get(path);
            int in = p.inFeatures();
            for (int i = 0; i < p.rank(); i++) {
                for (int j = 0; j < q.rank(); j++) {
                    double product = 0;
                    for (int c = 0; c < in; c++) {
                        product += p.a()[i * in + c] * (double) q.a()[j * in + c];
                    }
                    sum += product * product;
                }
            }
        }
        return sum;
    }

    private static TrainingSequence sequence(int length, long seed) {
        return new TrainingSequence(TinyModels.tokens(CONFIG, length, seed), 0);
    }
}
