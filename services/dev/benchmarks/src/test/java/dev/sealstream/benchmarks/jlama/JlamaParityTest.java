package dev.sealstream.benchmarks.jlama;

import dev.sealstream.benchmarks.checkpoint.CheckpointShape;
import dev.sealstream.benchmarks.checkpoint.Family;
import dev.sealstream.benchmarks.checkpoint.RandomCheckpoint;
import dev.sealstream.benchmarks.checkpoint.StoredType;
import dev.sealstream.languagemodel.Completion;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Our probabilities against those of Jlama 0.8.4 for the same random model.
 *
 * <p>The weights have a standard deviation of 0.1, so that the next token depends strongly on what came before: a wrong
 * rotation, head or bias moves log-probabilities by whole units.
 */
class JlamaParityTest {
    /** Greatest difference of a log-probability, both sides computing in float32 from float32 weights. */
    private static final double TOLERANCE_FLOAT32 = 1e-4;
    /**
     * The same for weights stored in 16 bits, which both sides widen exactly; Jlama then rounds activations to bfloat16,
     * two to three digits, before every product with bfloat16 weights.
     */
    private static final double TOLERANCE_BFLOAT16 = 0.1;

    private static final int VOCABULARY = 512;
    private static final int NEW_TOKENS = 24;

    private static JlamaProcess jlama;

    @TempDir
    Path directory;

    @BeforeAll
    static void startJlama() {
        try {
            jlama = JlamaProcess.start(
                    Path.of(System.getProperty("seal.root", "../../.."))
                            .toAbsolutePath()
                            .normalize(),
                    JlamaProcess.Operations.NATIVE);
        } catch (JlamaUnavailableException missing) {
            Assumptions.abort(missing.getMessage());
        }
    }

    @AfterAll
    static void stopJlama() {
        if (jlama != null) {
            jlama.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LLAMA, 4, 4, F32",
        "LLAMA, 4, 2, F32",
        "LLAMA, 4, 2, BF16",
        "QWEN2, 4, 4, F32",
        "QWEN2, 4, 2, F32",
        "QWEN2, 4, 1, BF16",
        "MISTRAL, 4, 2, F32",
        "MISTRAL, 4, 4, BF16",
        "GPT2, 4, 4, F32",
    })
    void sampledTextIsAsProbableAsJlamaSays(Family family, int heads, int keyValueHeads, StoredType type)
            throws IOException {
        // Given
        CheckpointShape shape =
                new CheckpointShape(family, VOCABULARY, 128, 512, 3, heads, keyValueHeads, 32, 256, true);
        new RandomCheckpoint(shape, type, 1, 0.1f, 11).write(directory);
        List<int[]> prompts = IntStream.of(1, 2, 7, 40)
                .mapToObj(length -> IntStream.range(0, length)
                        .map(i -> 4 + (i * 97 + length) % (VOCABULARY - 4))
                        .toArray())
                .toList();
        jlama.open(directory, "F32", 2, 1);
        double tolerance = type == StoredType.F32 ? TOLERANCE_FLOAT32 : TOLERANCE_BFLOAT16;

        try (LanguageModel model = LanguageModel.load(directory, LoadOptions.cpu(2))) {
            // When: sampled, so that improbable tokens are compared too
            List<Completion> completions = model.generate(
                    prompts.stream()
                            .map(prompt -> new Prompt(prompt, prompt.length, Prompt.NO_ADAPTER))
                            .toList(),
                    new Sampling(1, 1, NEW_TOKENS, Set.of()),
                    List.of());

            // Then
            for (int p = 0; p < prompts.size(); p++) {
                int[] prompt = prompts.get(p);
                Completion completion = completions.get(p);
                int[] text = IntStream.concat(IntStream.of(prompt), IntStream.of(completion.tokens()))
                        .toArray();
                double[] judged = jlama.score(text).logProbabilities();
                for (int i = 0; i < completion.tokens().length; i++) {
                    assertThat((double) completion.logProbabilities()[i])
                            .as("token %d after a prompt of %d", i, prompt.length)
                            .isCloseTo(judged[prompt.length - 1 + i], within(tolerance));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LLAMA, true", "LLAMA, false", "QWEN2, true", "QWEN2, false", "MISTRAL, false", "GPT2, true"})
    void greedyTextIsTheSame(Family family, boolean tied) throws IOException {
        // Given
        CheckpointShape shape =
                new CheckpointShape(family, VOCABULARY, 128, 512, 3, 4, family == Family.GPT2 ? 4 : 2, 32, 256, tied);
        new RandomCheckpoint(shape, StoredType.F32, 2, 0.1f, 12).write(directory);
        int[] prompt = {5, 300, 77, 8, 9};
        jlama.open(directory, "F32", 2, 1);

        try (LanguageModel model = LanguageModel.load(directory, LoadOptions.cpu(2))) {
            // When
            Completion completion = model.generate(
                            List.of(new Prompt(prompt, 0, Prompt.NO_ADAPTER)),
                            Sampling.greedy(NEW_TOKENS, Set.of()),
                            List.of())
                    .get(0);

            // Then
            assertThat(completion.tokens())
                    .containsExactly(jlama.generate(List.of(prompt), NEW_TOKENS, 1)
                            .tokens()
                            .get(0));
        }
    }
}
