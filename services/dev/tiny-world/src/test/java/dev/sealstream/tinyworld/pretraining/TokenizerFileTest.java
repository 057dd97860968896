package dev.sealstream.tinyworld.pretraining;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.tinyworld.Names;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import dev.sealstream.tinyworld.ValuePool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TokenizerFileTest {
    private static HuggingFaceTokenizer tokenizer;

    @BeforeAll
    static void load() throws IOException {
        byte[] json = TokenizerFile.json(new Vocabulary());
        tokenizer = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json), Map.of("addSpecialTokens", "false", "truncation", "false"));
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @Test
    void promptsAndEditsComeBackUnchanged() {
        for (TinyWorldDocument document : TinyWorldDocuments.training(1, 50)) {
            assertComesBack(document.newData().prompt());
            assertComesBack(String.join("\n", document.idealEdit()));
            document.questions().forEach(question -> assertComesBack(question.closedBookPrompt(document.title())));
        }
    }

    @Test
    void anyPrintableAsciiTextComesBackUnchanged() {
        var printable = new StringBuilder();
        for (char character = ' '; character <= '~'; character++) {
            printable.append(character);
        }
        List.of(
                        printable.toString(),
                        "",
                        "\n",
                        "\n\n a",
                        " leading and  double  spaces ",
                        "Jean-Luc's QUERTZ99 (x_y)\n\tis 3.5%".replace("\t", " "),
                        "lamps\n lamps")
                .forEach(TokenizerFileTest::assertComesBack);
    }

    @Test
    void unknownCharactersAreReplacedNotRefused() {
        long[] tokens = tokenizer.encode("Zoë 東京").getIds();

        assertThat(tokens).contains(3);
    }

    @Test
    void valuesAndInstructionSentencesAreOneTokenAndNamesTwo() {
        for (ValuePool pool : ValuePool.values()) {
            assertThat(pool.words())
                    .allSatisfy(value -> assertThat(length(value)).isEqualTo(1));
        }
        for (Names.Group group : Names.Group.values()) {
            assertThat(Names.all(group))
                    .allSatisfy(name -> assertThat(length(name)).isEqualTo(2));
        }
        String prompt = PromptStyle.IMPLICATIONS.prompt("Zorka", "He makes fine lamps.");
        // Sentence, two newlines, "Passage:", newline, two syllables, newline, four words, stop, two newlines,
        // "Implications:", newline.
        assertThat(length(prompt)).isEqualTo(17);
    }

    @Test
    void everyWordOfTheWorldIsOneToken() {
        for (TinyWorldDocument document : TinyWorldDocuments.benchmark(1, 100)) {
            String text = document.context() + " " + String.join(" ", document.idealEdit());
            for (String word : text.replaceAll("('s|[.?])", "").split(" ")) {
                if (!word.equals(document.title())) {
                    assertThat(length(word)).as(word).isEqualTo(1);
                }
            }
        }
    }

    private static int length(String text) {
        return tokenizer.encode(text).getIds().length;
    }

    private static void assertComesBack(String text) {
        assertThat(tokenizer.decode(tokenizer.encode(text).getIds())).isEqualTo(text);
    }
}
