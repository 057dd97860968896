package dev.sealstream.languagemodel;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Native memory is freed step by step, not when the garbage collector comes round. */
class MemoryTest {
    private static final Path STATM = Path.of("/proc/self/statm");
    private static final int STEPS = 2000;
    /** Bytes of one page on the platforms whose /proc has statm; larger pages only make the bound stricter. */
    private static final long PAGE_BYTES = 4096;

    private static final long GROWTH_BYTES_MAX = 48L << 20;

    @Test
    void thousandsOfStepsAndGenerationsKeepMemoryFlat(@TempDir Path directory) throws IOException {
        if (!Files.exists(STATM)) {
            Assumptions.abort(STATM + " is missing: this platform does not tell a process its resident memory");
        }
        ModelConfig config = TinyModels.llama();
        TrainingSettings training =
                new TrainingSettings(STEPS / 4, 0, 1e-3, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);
        LoraSettings lora = new LoraSettings(2, 2, List.of("q_proj", "down_proj"));
        List<TrainingSequence> sequences = List.of(new TrainingSequence(TinyModels.tokens(config, 24, 1), 0));
        List<AdapterTask> tasks = List.of(new AdapterTask("a", 1, sequences), new AdapterTask("b", 2, sequences));
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            prompts.add(new Prompt(TinyModels.tokens(config, 4 + i, i), i, Prompt.NO_ADAPTER));
        }
        try (LanguageModel model = TinyModels.load(directory, config, 1)) {
            // Given memory after a quarter of the steps
            model.trainAdapters(tasks, lora, training);
            model.generate(prompts, Sampling.greedy(8, Set.of()), List.of());
            long before = residentBytes();

            // When
            for (int i = 0; i < 3; i++) {
                model.trainAdapters(tasks, lora, training);
                for (int n = 0; n < 20; n++) {
                    model.generate(prompts, Sampling.greedy(8, Set.of()), List.of());
                    model.merged(List.of()).close();
                }
            }

            // Then
            assertThat(residentBytes() - before).isLessThan(GROWTH_BYTES_MAX);
        }
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE_BYTES;
    }
}
