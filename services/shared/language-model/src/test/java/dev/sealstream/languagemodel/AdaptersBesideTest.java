package dev.sealstream.languagemodel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdaptersBesideTest {
    private static final ModelConfig CONFIG = TinyModels.llama();
    private static final LoraAdapter ADAPTER = TinyModels.adapter(CONFIG, TinyModels.LORA, 4);
    private static final Sampling GREEDY = Sampling.greedy(12, Set.of());

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
    void promptThatNamesTheTopicIsAnsweredWithTheAdapter() {
        // Given
        int[] prompt = model.tokenizer().encode("t7 t5 t6 t9");

        // When
        int[] answer;
        try (LanguageModel beside = model.merged(List.of(ADAPTER.about(AdapterTopic.of("T5 t6", ""))))) {
            answer = answer(beside, prompt, Prompt.BY_TOPIC);
        }

        // Then
        assertThat(answer).isEqualTo(withAdapter(prompt)).isNotEqualTo(answer(model, prompt, Prompt.NO_ADAPTER));
    }

    @Test
    void promptThatDoesNotNameTheTopicOrDoesNotAskByTopicMeetsTheWeightsAsTheyWere() {
        // Given
        int[] other = model.tokenizer().encode("t7 t55 t6 t9");
        int[] naming = model.tokenizer().encode("t7 t5 t6 t9");

        try (LanguageModel beside = model.merged(List.of(ADAPTER.about(AdapterTopic.of("t5 t6", ""))))) {
            // When
            int[] elsewhere = answer(beside, other, Prompt.BY_TOPIC);
            int[] bare = answer(beside, naming, Prompt.NO_ADAPTER);

            // Then
            assertThat(elsewhere).isEqualTo(answer(model, other, Prompt.NO_ADAPTER));
            assertThat(bare).isEqualTo(answer(model, naming, Prompt.NO_ADAPTER));
        }
    }

    @Test
    void scoresFollowTheTopicToo() {
        // Given
        int[] prompt = model.tokenizer().encode("t5");
        int[] completion = model.tokenizer().encode("t8 t9");

        // When
        float[] scores;
        try (LanguageModel beside = model.merged(List.of(ADAPTER.about(AdapterTopic.of("t5", ""))))) {
            scores = beside.score(List.of(new ScoredText(prompt, completion, Prompt.BY_TOPIC)), List.of())
                    .get(0);
        }

        // Then
        assertThat(scores)
                .isEqualTo(model.score(List.of(new ScoredText(prompt, completion, 0)), List.of(ADAPTER))
                        .get(0));
    }

    @Test
    void adaptersOfACallStandBeforeThoseBeside() {
        // Given
        int[] prompt = model.tokenizer().encode("t5 t6");
        LoraAdapter ofCall = TinyModels.adapter(CONFIG, TinyModels.LORA, 5);

        try (LanguageModel beside = model.merged(List.of(ADAPTER.about(AdapterTopic.of("t5", ""))))) {
            // When
            List<Completion> answers = beside.generate(
                    List.of(new Prompt(prompt, 0, 0), new Prompt(prompt, 0, Prompt.BY_TOPIC)), GREEDY, List.of(ofCall));

            // Then
            assertThat(answers.get(0).tokens())
                    .isEqualTo(model.generate(List.of(new Prompt(prompt, 0, 0)), GREEDY, List.of(ofCall))
                            .get(0)
                            .tokens());
            assertThat(answers.get(1).tokens()).isEqualTo(withAdapter(prompt));
            assertThatThrownBy(() -> answer(beside, prompt, 0))
                    .hasMessage("a prompt asks for adapter 0, the call has 0 adapters");
        }
    }

    @Test
    void longestTitleWinsThenTheWordsSharedThenTheNewest() {
        // Given
        AdaptersBeside beside = AdaptersBeside.NONE.with(List.of(
                about("Rome", "rome was not built in a day"),
                about("Fall of Rome", "the empire fell in the year 476"),
                about("Oxygen", "oxygen was discovered by scheele"),
                about("Oxygen", "oxygen makes up a fifth of the air"),
                about("Oxygen", "oxygen makes up a fifth of the air")));

        // When, Then
        assertThat(beside.chosenBy("When was ROME built?")).isZero();
        assertThat(beside.chosenBy("Fall of Rome: in which year?")).isEqualTo(1);
        assertThat(beside.chosenBy("Oxygen\nWho discovered it? Scheele?")).isEqualTo(2);
        assertThat(beside.chosenBy("Oxygen\nHow much of the air?")).isEqualTo(4);
        assertThat(beside.chosenBy("A romeo and a fallen oxygenation")).isEqualTo(Prompt.NO_ADAPTER);
    }

    @Test
    void topicSurvivesPeftsFormat() {
        // Given
        LoraAdapter adapter = ADAPTER.about(AdapterTopic.of("Fall of Rome", "The empire fell."));

        // When
        LoraAdapter read = PeftFormat.read(PeftFormat.configJson(adapter, "tiny"), PeftFormat.safetensors(adapter));

        // Then
        assertThat(read.topic()).contains(new AdapterTopic("Fall of Rome", Set.of("the", "empire", "fell")));
    }

    @Test
    void modelWithAdaptersBesideIsNotSavedWithoutThem(@TempDir Path directory) {
        try (LanguageModel beside = model.merged(List.of(ADAPTER.about(AdapterTopic.of("t5", ""))))) {
            assertThatThrownBy(() -> beside.save(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("1 adapters beside its weights");
        }
    }

    @Test
    void titleWithoutAWordIsRefused() {
        assertThat(AdapterTopic.isNameable("?!")).isFalse();
        assertThat(AdapterTopic.isNameable("数学")).isTrue();
        assertThatThrownBy(() -> AdapterTopic.of("?!", "text")).hasMessageContaining("'?!'");
    }

    private static LoraAdapter about(String title, String text) {
        return ADAPTER.about(AdapterTopic.of(title, text));
    }

    private static int[] withAdapter(int[] prompt) {
        return model.generate(List.of(new Prompt(prompt, 0, 0)), GREEDY, List.of(ADAPTER))
                .get(0)
                .tokens();
    }

    private static int[] answer(LanguageModel of, int[] prompt, int adapter) {
        return of.generate(List.of(new Prompt(prompt, 0, adapter)), GREEDY, List.of())
                .get(0)
                .tokens();
    }
}
