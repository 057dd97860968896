package dev.sealstream.languagemodel;

import dev.sealstream.languagemodel.chat.ChatMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class TokenizerFilesTest {
    /** A blank, an accent, a character of four bytes. */
    private static final String TEXT = "hello wörld 42 🦭\n";

    @TempDir
    Path directory;

    private final ModelConfig config = TinyModels.llama();

    @BeforeEach
    void writeModel() {
        HuggingFaceDirectory.write(
                directory, config, TinyModels.weights(config, 1), TinyModels.tokenizerJson(config.vocabularySize()));
    }

    static Stream<Arguments> families() {
        return Stream.of(
                arguments(
                        "Qwen2, SmolLM2", TokenizerJsons.byteLevel("<|endoftext|>", "<|im_start|>", "<|im_end|>"), -1),
                arguments("GPT-2", TokenizerJsons.byteLevel("<|endoftext|>"), -1),
                arguments("Llama 3", TokenizerJsons.llama3(), 260),
                arguments("Llama 2", TokenizerJsons.sentencePiece(false), 1),
                arguments("Mistral", TokenizerJsons.sentencePiece(true), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void tokenizerOfAFamilyEncodesWhatItDecodes(String family, byte[] json, int bosId) {
        // When
        Tokenizer tokenizer = Tokenizer.read("tokenizer.json", json);
        int[] tokens = tokenizer.encode(TEXT);

        // Then
        assertThat(tokenizer.decode(tokens)).isEqualTo(TEXT);
        assertThat(tokenizer.bosId()).as("token in front in " + family).isEqualTo(bosId);
        assertThat(tokens[0]).isEqualTo(tokenizer.id("hello").orElseGet(() -> tokenizer
                .id("▁hello")
                .getAsInt()));
    }

    @Test
    void specialTokensInATextAreRecognisedAndLeftOutOfIt() {
        Tokenizer tokenizer = Tokenizer.read("tokenizer.json", TokenizerJsons.byteLevel("<|endoftext|>", "<|im_end|>"));

        int[] tokens = tokenizer.encode("hello<|im_end|>");

        assertThat(tokens).containsExactly(259, 261);
        assertThat(tokenizer.decode(tokens)).isEqualTo("hello");
        assertThat(tokenizer.vocabularySize()).isEqualTo(262);
    }

    @Test
    void bosOfTheConfigIsNotUsedWhereTheTokenizerAddsNone() {
        assertThat(config.bosId()).isEqualTo(1);
        assertThat(tokenizer().bosId()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eos_token_id\": 7}|7",
                "{\"eos_token_id\": [9, 7]}|9,7",
                "{\"temperature\": 0.7}|2",
                "{\"eos_token_id\": null}|2"
            })
    void generationConfigDecidesWhatEndsAnAnswer(String json, String expected) throws IOException {
        Files.writeString(directory.resolve("generation_config.json"), json);

        try (LanguageModel model = LanguageModel.load(directory, LoadOptions.cpu())) {
            List<Integer> ids =
                    Stream.of(expected.split(",")).map(Integer::valueOf).toList();
            assertThat(model.config().eosIds()).isEqualTo(ids);
            assertThat(model.tokenizer().eosIds()).isEqualTo(ids);
            assertThat(model.tokenizer().eosId()).isEqualTo(ids.get(0));
        }
    }

    @Test
    void tokenizersOwnEndTokenIsTheOneToWriteIfItIsAmongThem() throws IOException {
        Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\": [9, 7]}");
        Files.writeString(directory.resolve("tokenizer_config.json"), "{\"eos_token\": {\"content\": \"t7\"}}");

        assertThat(tokenizer().eosId()).isEqualTo(7);
    }

    @Test
    void chatTemplateComesFromItsOwnFileOrTheTokenizersConfig() throws IOException {
        String config = """
                {"bos_token": "<s>", "eos_token": {"content": "</s>", "special": true},
                 "chat_template": %s}""";
        List<ChatMessage> messages = List.of(ChatMessage.user("hi"));

        assertThat(TokenizerFiles.read(directory).chatTemplate()).isEmpty();

        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                config.formatted("\"{{ bos_token }}{{ messages[0].content }}{{ eos_token }}\""));
        assertThat(render(messages)).isEqualTo("<s>hi</s>");

        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                config.formatted(
                        "[{\"name\": \"tool_use\", \"template\": \"x\"}, {\"name\": \"default\", \"template\": \"d\"}]"));
        assertThat(render(messages)).isEqualTo("d");

        Files.writeString(directory.resolve("chat_template.jinja"), "{{ bos_token }}file\n");
        assertThat(render(messages)).isEqualTo("<s>file");
    }

    @Test
    void savedModelKeepsItsTokenizersFiles() throws IOException {
        // Given
        Files.writeString(directory.resolve("tokenizer_config.json"), "{\"chat_template\": \"t\", \"x\": 1}");
        Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\": [9, 7], \"top_p\": 0.8}");
        Path saved = directory.resolve("saved");

        // When
        try (LanguageModel model = LanguageModel.load(directory, LoadOptions.cpu());
                LanguageModel merged = model.merged(List.of())) {
            merged.save(saved);
        }

        // Then
        for (String file : List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json")) {
            assertThat(saved.resolve(file)).hasSameBinaryContentAs(directory.resolve(file));
        }
    }

    @Test
    void whatIsMissingOrDamagedIsNamedWithTheRemedy() throws IOException {
        Path json = directory.resolve("tokenizer.json");
        Path generation = directory.resolve("generation_config.json");

        Files.write(json, TinyModels.tokenizerJson(config.vocabularySize() + 3));
        assertRefused(json + "", "id 39", "37 rows", "resize");

        Files.writeString(json, "{\"version\": ");
        assertRefused(json + "", "no tokenizer", "download");

        Files.writeString(json, "{\"version\": \"1.0\"}");
        assertRefused(json + "", "no tokenizer");

        Files.delete(json);
        assertRefused(json + " is missing", "save_pretrained");

        Files.write(json, TinyModels.tokenizerJson(config.vocabularySize()));
        Files.writeString(generation, "{\"eos_token_id\": 37}");
        assertRefused(generation + "", "37", "from 0 to 36");

        Files.writeString(generation, "{");
        assertRefused(generation + " is not JSON");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> LanguageModel.load(directory, LoadOptions.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    private String render(List<ChatMessage> messages) {
        return TokenizerFiles.read(directory).chatTemplate().orElseThrow().render(messages, false);
    }

    private Tokenizer tokenizer() {
        TokenizerFiles files = TokenizerFiles.read(directory);
        return files.tokenizer(files.withEosIds(config));
    }
}
