package dev.sealstream.languagemodel;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class FullTrainingTest {
    private static final ModelConfig CONFIG = TinyModels.qwen2();
    private static final Map<String, float[]> WEIGHTS = TinyModels.weights(CONFIG, 3);

    @Test
    void weightsComeBackAsTheyWentIn() {
        try (FullTraining training = new FullTraining(CONFIG, WEIGHTS, FullTrainingSettings.defaults())) {
            Map<String, float[]> back = training.weights();

            assertThat(back.keySet()).containsExactlyElementsOf(WEIGHTS.keySet());
            back.forEach((name, values) -> assertThat(values).as(name).isEqualTo(WEIGHTS.get(name)));
        }
    }

    @Test
    void packedLossEqualsThatOfOneSequenceAtATime() {
        // Given
        List<WeightedSequence> sequences = List.of(sequence(13, 1), sequence(5, 2), sequence(21, 3), sequence(9, 4));
        ReferenceDecoder reference = new ReferenceDecoder(CONFIG, WEIGHTS);
        double loss = 0;
        double weight = 0;
        for (WeightedSequence sequence : sequences) {
            double[][] logits = reference.logits(sequence.tokens());
            for (int t = 1; t < sequence.tokens().length; t++) {
                double sum = Arrays.stream(logits[t - 1]).map(Math::exp).sum();
                loss += sequence.weights()[t] * (Math.log(sum) - logits[t - 1][sequence.tokens()[t]]);
                weight += sequence.weights()[t];
            }
        }

        // When
        float[] losses;
        try (FullTraining training = new FullTraining(CONFIG, WEIGHTS, FullTrainingSettings.defaults())) {
            losses = training.step(List.of(new WeightedBatch(1, sequences)), 1);
        }

        // Then
        assertThat((double) losses[0]).isCloseTo(loss / weight, within(1e-4));
    }

    @Test
    void stepsLowerTheLossWithAndWithoutBfloat16() {
        List<WeightedBatch> batches = List.of(
                new WeightedBatch(1, List.of(sequence(13, 1), sequence(5, 2))),
                new WeightedBatch(0.5, List.of(sequence(21, 3))));
        for (boolean bfloat16 : new boolean[] {false, true}) {
            FullTrainingSettings settings = FullTrainingSettings.defaults().withBfloat16Products(bfloat16);
            try (FullTraining training = new FullTraining(CONFIG, WEIGHTS, settings)) {
                float[] first = training.step(batches, 1);
                float[] last = first;
                for (int step = 0; step < 40; step++) {
                    last = training.step(batches, 1);
                }

                assertThat(last[0]).isLessThan(0.5f * first[0]);
                assertThat(last[1]).isLessThan(0.5f * first[1]);
            }
        }
    }

    @Test
    void chunksDoNotChangeTheStep() {
        // Given
        List<WeightedSequence> sequences = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sequences.add(sequence(6 + 3 * i, i));
        }
        FullTrainingSettings d = FullTrainingSettings.defaults();
        FullTrainingSettings small = new FullTrainingSettings(
                d.muonLearningRate(),
                d.muonMomentum(),
                d.muonWeightDecay(),
                d.adamLearningRate(),
                d.adamBeta1(),
                d.adamBeta2(),
                false,
                32,
                32,
                1,
                1);

        // When
        Map<String, float[]> whole = afterOneStep(sequences, d);
        Map<String, float[]> chunked = afterOneStep(sequences, small);

        // Then
        whole.forEach((name, values) -> assertThat(chunked.get(name)).as(name).containsExactly(values, within(1e-3f)));
    }

    @Test
    void sameStepsGiveTheSameBits() {
        List<WeightedSequence> sequences = List.of(sequence(13, 1), sequence(5, 2));

        Map<String, float[]> first = afterOneStep(sequences, FullTrainingSettings.defaults());
        Map<String, float[]> second = afterOneStep(sequences, FullTrainingSettings.defaults());

        first.forEach((name, values) -> assertThat(second.get(name)).as(name).isEqualTo(values));
    }

    @Test
    void scoresAreThoseOfTheWeights() {
        int[] tokens = TinyModels.tokens(CONFIG, 8, 4);
        double[][] logits = new ReferenceDecoder(CONFIG, WEIGHTS).logits(tokens);

        try (FullTraining training = new FullTraining(CONFIG, WEIGHTS, FullTrainingSettings.defaults())) {
            TokenScores scores = training.score(List.of(tokens)).get(0);

            for (int t = 1; t < tokens.length; t++) {
                double[] row = logits[t - 1];
                double sum = Arrays.stream(row).map(Math::exp).sum();
                boolean best = row[tokens[t]] == Arrays.stream(row).max().orElseThrow();
                assertThat((double) scores.logProbabilities()[t])
                        .isCloseTo(row[tokens[t]] - Math.log(sum), within(1e-4));
                assertThat(scores.best()[t]).isEqualTo(best);
            }
        }
    }

    @Test
    void missingWeightIsRefusedByName() {
        Map<String, float[]> incomplete = new java.util.HashMap<>(WEIGHTS);
        incomplete.remove("model.norm.weight");

        assertThatThrownBy(() -> new FullTraining(CONFIG, incomplete, FullTrainingSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.norm.weight");
    }

    private static Map<String, float[]> afterOneStep(List<WeightedSequence> sequences, FullTrainingSettings settings) {
        try (FullTraining training = new FullTraining(CONFIG, WEIGHTS, settings)) {
            training.step(List.of(new WeightedBatch(1, sequences)), 1);
            return training.weights();
        }
    }

    private static WeightedSequence sequence(int length, long seed) {
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            weights[i] = i % 3 == 0 ? 5 : 1;
        }
        return new WeightedSequence(TinyModels.tokens(CONFIG, length, seed), weights);
    }
}
