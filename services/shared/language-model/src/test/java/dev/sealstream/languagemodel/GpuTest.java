package dev.sealstream.languagemodel;

import ai.djl.engine.Engine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The same TorchScript on a GPU gives what it gives on the CPU. */
@Tag("gpu")
class GpuTest {
    static Stream<ModelConfig> models() {
        return TinyModels.all();
    }

    @BeforeEach
    void needsGpu() {
        if (Engine.getEngine(DecoderScript.ENGINE).getGpuCount() == 0) {
            Assumptions.abort("libtorch finds no GPU: this is its CPU build, or the machine has none");
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void trainsAndGeneratesAsOnTheCpu(ModelConfig config, @TempDir Path directory) {
        // Given
        TinyModels.load(directory, config, 1).close();

        // When
        Run cpu = run(directory, LoadOptions.cpu());
        Run gpu = run(directory, LoadOptions.on("cuda:0", 1));

        // Then
        assertThat(gpu.losses).containsExactly(cpu.losses, within(1e-3f));
        assertThat(gpu.completion.tokens()).isEqualTo(cpu.completion.tokens());
    }

    private record Run(float[] losses, Completion completion) {}

    private static Run run(Path directory, LoadOptions options) {
        try (LanguageModel model = LanguageModel.load(directory, options)) {
            int[] tokens = TinyModels.tokens(model.config(), 20, 1);
            TrainedAdapter trained = model.trainAdapters(
                            List.of(new AdapterTask("a", 1, List.of(new TrainingSequence(tokens, 0)))),
                            TinyModels.LORA,
                            new TrainingSettings(10, 0, 1e-2, LearningRateDecay.LINEAR, 0.9, 0.99, 0, LossMean.TOKENS))
                    .get(0);
            Prompt prompt = new Prompt(tokens, 1, 0);
            return new Run(
                    trained.lossCurve(),
                    model.generate(List.of(prompt), Sampling.greedy(16, Set.of()), List.of(trained.required()))
                            .get(0));
        }
    }
}
