package dev.sealstream.languagemodel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TextScorerTest {
    private static final ModelConfig CONFIG = TinyModels.llama();
    private static LanguageModel model;

    @BeforeAll
    static void load(@TempDir Path directory) {
        model = TinyModels.load(directory, CONFIG, 11);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void scoresEqualWhatGenerationSaysOfItsOwnTokens() {
        // Given
        List<LoraAdapter> adapters =
                List.of(TinyModels.adapter(CONFIG, TinyModels.LORA, 1), TinyModels.adapter(CONFIG, TinyModels.LORA, 2));
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            prompts.add(new Prompt(TinyModels.tokens(CONFIG, 3 + 2 * i, i), i, i % 3 - 1));
        }
        List<Completion> completions = model.generate(prompts, new Sampling(1, 1, 7, Set.of()), adapters);
        List<ScoredText> texts = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            texts.add(new ScoredText(
                    prompts.get(i).tokens(),
                    completions.get(i).tokens(),
                    prompts.get(i).adapter()));
        }

        // When
        List<float[]> scores = model.score(texts, adapters);

        // Then
        for (int i = 0; i < texts.size(); i++) {
            float[] drawn = completions.get(i).logProbabilities();
            assertThat(scores.get(i)).hasSameSizeAs(drawn);
            for (int t = 0; t < drawn.length; t++) {
                assertThat(scores.get(i)[t]).isCloseTo(drawn[t], within(1e-4f));
            }
        }
    }

    @Test
    void textBeyondTheWindowIsRefused() {
        int[] window = TinyModels.tokens(CONFIG, CONFIG.maxPositions(), 1);

        assertThatThrownBy(() -> model.score(List.of(new ScoredText(window, new int[] {1}, -1)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shorten it");
    }

    @Test
    void adapterThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> model.score(List.of(new ScoredText(new int[] {1}, new int[] {1}, 0)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 adapters");
    }
}
