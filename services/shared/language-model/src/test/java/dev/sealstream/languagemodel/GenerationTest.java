package dev.sealstream.languagemodel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class GenerationTest {
    private static final ModelConfig CONFIG = TinyModels.llama();
    private static final float TOLERANCE = 1e-4f;

    private static LanguageModel model;

    @BeforeAll
    static void load(@TempDir Path directory) {
        model = TinyModels.load(directory, CONFIG, 11);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    static Stream<ModelConfig> models() {
        return TinyModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void cachedGreedyGenerationEqualsReadingEverythingAnewForEachToken(ModelConfig config, @TempDir Path directory) {
        // Given
        ReferenceDecoder reference = new ReferenceDecoder(config, TinyModels.weights(config, 11));
        int[] prompt = TinyModels.tokens(config, 7, 1);

        // When
        Completion completion;
        try (LanguageModel own = TinyModels.load(directory, config, 11)) {
            completion = own.generate(List.of(prompt(prompt)), Sampling.greedy(20, Set.of()), List.of())
                    .get(0);
        }

        // Then
        List<Integer> text =
                new ArrayList<>(java.util.Arrays.stream(prompt).boxed().toList());
        for (int i = 0; i < 20; i++) {
            double[][] logits = reference.logits(text.stream().mapToInt(t -> t).toArray());
            double[] last = logits[logits.length - 1];
            int best = 0;
            double sum = 0;
            for (int v = 0; v < last.length; v++) {
                best = last[v] > last[best] ? v : best;
                sum += Math.exp(last[v]);
            }
            assertThat(completion.tokens()[i]).isEqualTo(best);
            assertThat((double) completion.logProbabilities()[i]).isCloseTo(last[best] - Math.log(sum), within(1e-4));
            text.add(best);
        }
        assertThat(completion.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void promptsOfDifferentLengthsAndAdaptersInOneBatchGiveWhatEachGivesAlone() {
        // Given
        List<LoraAdapter> adapters =
                List.of(TinyModels.adapter(CONFIG, TinyModels.LORA, 1), TinyModels.adapter(CONFIG, TinyModels.LORA, 2));
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            prompts.add(new Prompt(TinyModels.tokens(CONFIG, 3 + 4 * i, i), i, i % 4 == 3 ? 0 : i % 4 - 1));
        }
        Sampling sampling = new Sampling(1, 0.9, 16, Set.of(TinyModels.EOS, 5));

        // When
        List<Completion> together = model.generate(prompts, sampling, adapters);

        // Then
        for (int i = 0; i < prompts.size(); i++) {
            Completion alone =
                    model.generate(List.of(prompts.get(i)), sampling, adapters).get(0);
            assertSame(together.get(i), alone);
        }
    }

    @Test
    void samePromptWithDifferentSeedsIsReadOnceAndGivesWhatEachGivesAlone() {
        // Given
        int[] tokens = TinyModels.tokens(CONFIG, 9, 3);
        List<Prompt> prompts = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            prompts.add(new Prompt(tokens, seed, Prompt.NO_ADAPTER));
        }
        Sampling sampling = new Sampling(1, 1, 12, Set.of());

        // When
        List<Completion> together = generate(prompts, sampling);

        // Then
        assertThat(together.stream()
                        .map(c -> java.util.Arrays.toString(c.tokens()))
                        .distinct())
                .hasSize(6);
        for (int i = 0; i < prompts.size(); i++) {
            assertSame(
                    together.get(i), generate(List.of(prompts.get(i)), sampling).get(0));
        }
    }

    @Test
    void rowsOfAQueueGiveWhatEachGivesAlone(@TempDir Path directory) {
        // Given memory for few rows at a time, adapters with unequal queues, prompts shared by some
        TinyModels.load(directory, CONFIG, 11).close();
        List<LoraAdapter> adapters =
                List.of(TinyModels.adapter(CONFIG, TinyModels.LORA, 1), TinyModels.adapter(CONFIG, TinyModels.LORA, 2));
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            prompts.add(new Prompt(TinyModels.tokens(CONFIG, 3 + i % 7, i % 9), i, i % 5 == 0 ? 1 : i % 3 - 1));
        }
        Sampling sampling = new Sampling(1, 0.9, 24, Set.of(TinyModels.EOS, 5, 6, 7));

        // When
        List<Completion> queued;
        try (LanguageModel small =
                LanguageModel.load(directory, LoadOptions.cpu(1).withWorkMemoryBytes(200_000))) {
            queued = small.generate(prompts, sampling, adapters);
        }

        // Then
        assertThat(queued.stream().map(completion -> completion.tokens().length).distinct())
                .hasSizeGreaterThan(5);
        for (int i = 0; i < prompts.size(); i++) {
            assertSame(
                    queued.get(i),
                    model.generate(List.of(prompts.get(i)), sampling, adapters).get(0));
        }
    }

    @Test
    void everyRowMayHaveItsOwnSampling() {
        // Given
        int[] tokens = TinyModels.tokens(CONFIG, 6, 6);
        List<Prompt> prompts = List.of(new Prompt(tokens, 1, -1), new Prompt(tokens, 2, -1), new Prompt(tokens, 3, -1));
        List<Sampling> samplings = List.of(
                Sampling.greedy(5, Set.of()),
                new Sampling(1.3, 0.8, 12, Set.of(TinyModels.EOS)),
                new Sampling(0.7, 1, 9, Set.of(3, 4, 5)));

        // When
        List<Completion> together = model.generate(prompts, samplings, List.of());

        // Then
        for (int i = 0; i < prompts.size(); i++) {
            assertSame(
                    together.get(i),
                    generate(prompts.subList(i, i + 1), samplings.get(i)).get(0));
        }
    }

    @Test
    void promptThatDoesNotFitIntoMemoryIsRefusedWithTheFigure(@TempDir Path directory) {
        TinyModels.load(directory, CONFIG, 11).close();
        try (LanguageModel small =
                LanguageModel.load(directory, LoadOptions.cpu(1).withWorkMemoryBytes(1000))) {
            List<Prompt> prompts = List.of(prompt(TinyModels.tokens(CONFIG, 30, 1)));

            assertThatThrownBy(() -> small.generate(prompts, Sampling.greedy(20, Set.of()), List.of()))
                    .isInstanceOf(InsufficientMemoryException.class)
                    .hasMessageContaining("30 tokens")
                    .hasMessageContaining("MiB");
        }
    }

    @Test
    void sameCallGivesTheSameBits() {
        // Given
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            prompts.add(new Prompt(TinyModels.tokens(CONFIG, 5 + i, i), i, Prompt.NO_ADAPTER));
        }
        Sampling sampling = new Sampling(0.8, 0.95, 24, Set.of(TinyModels.EOS));

        // When
        List<Completion> first = generate(prompts, sampling);
        List<Completion> second = generate(prompts, sampling);

        // Then
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).tokens()).isEqualTo(first.get(i).tokens());
            assertThat(second.get(i).logProbabilities()).isEqualTo(first.get(i).logProbabilities());
        }
    }

    @Test
    void completionEndsBeforeTheStopToken() {
        // Given
        Prompt prompt = prompt(TinyModels.tokens(CONFIG, 4, 8));
        int[] endless =
                generate(List.of(prompt), Sampling.greedy(10, Set.of())).get(0).tokens();

        // When
        Completion stopped = generate(List.of(prompt), Sampling.greedy(10, Set.of(endless[0])))
                .get(0);

        // Then
        assertThat(stopped.tokens()).isEmpty();
        assertThat(stopped.stopReason()).isEqualTo(StopReason.STOP_TOKEN);
    }

    @Test
    void smallTopPLeavesOnlyTheMostProbableToken() {
        // Given
        List<Prompt> prompts = new ArrayList<>();
        for (int seed = 0; seed < 5; seed++) {
            prompts.add(new Prompt(TinyModels.tokens(CONFIG, 6, 6), seed, Prompt.NO_ADAPTER));
        }

        // When
        List<Completion> sampled = generate(prompts, new Sampling(1, 1e-9, 8, Set.of()));

        // Then
        int[] greedy = generate(prompts.subList(0, 1), Sampling.greedy(8, Set.of()))
                .get(0)
                .tokens();
        assertThat(sampled)
                .allSatisfy(completion -> assertThat(completion.tokens()).isEqualTo(greedy));
    }

    @Test
    void sampledFrequenciesFollowTheModelsProbabilities() {
        // Given
        int draws = 4000;
        int[] tokens = TinyModels.tokens(CONFIG, 6, 9);
        double[][] logits = new ReferenceDecoder(CONFIG, TinyModels.weights(CONFIG, 11)).logits(tokens);
        List<Prompt> prompts = new ArrayList<>();
        for (int seed = 0; seed < draws; seed++) {
            prompts.add(new Prompt(tokens, seed, Prompt.NO_ADAPTER));
        }

        // When
        List<Completion> completions = generate(prompts, new Sampling(1, 1, 1, Set.of()));

        // Then
        double[] last = logits[tokens.length - 1];
        double sum = java.util.Arrays.stream(last).map(Math::exp).sum();
        for (int v = 0; v < last.length; v++) {
            int token = v;
            double p = Math.exp(last[v]) / sum;
            long count =
                    completions.stream().filter(c -> c.tokens()[0] == token).count();
            // five standard deviations: the seeds are fixed, so this passes always or never
            assertThat(count / (double) draws).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / draws) + 1e-3));
        }
    }

    @Test
    void tokenOutsideTheVocabularyIsRefused() {
        assertThatThrownBy(() -> generate(List.of(prompt(new int[] {1, 37})), Sampling.greedy(1, Set.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("37");
    }

    @Test
    void adapterOfAnotherModelIsRefused() {
        LoraAdapter foreign = TinyModels.adapter(TinyModels.qwen2(), TinyModels.LORA, 1);
        Prompt prompt = new Prompt(new int[] {1}, 0, 0);

        assertThatThrownBy(() -> model.generate(List.of(prompt), Sampling.greedy(1, Set.of()), List.of(foreign)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another model");
    }

    private static Prompt prompt(int[] tokens) {
        return new Prompt(tokens, 0, Prompt.NO_ADAPTER);
    }

    private static List<Completion> generate(List<Prompt> prompts, Sampling sampling) {
        return model.generate(prompts, sampling, List.of());
    }

    private static void assertSame(Completion actual, Completion expected) {
        assertThat(actual.tokens()).isEqualTo(expected.tokens());
        assertThat(actual.logProbabilities()).containsExactly(expected.logProbabilities(), within(TOLERANCE));
        assertThat(actual.stopReason()).isEqualTo(expected.stopReason());
    }
}
