package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A model in bfloat16, whose numbers have eight bits: three digits are right, not seven. */
class PrecisionTest {
    /** Of logits' distance to those in float32, relative; a wrong term would show as 0.1 and more. */
    private static final double TOLERANCE = 0.03;

    static Stream<ModelConfig> models() {
        return TinyModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void logitsAreThoseOfFloat32ToTwoDigits(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given
            DecoderWeights exact = TinyModels.decoder(manager, config, 1);
            int[] tokens = TinyModels.tokens(config, 23, 5);

            // When
            float[] rounded = TinyModels.logits(manager, exact.in(manager, Precision.BFLOAT16), List.of(), tokens);

            // Then
            double[][] expected = new ReferenceDecoder(config, TinyModels.weights(config, 1)).logits(tokens);
            double difference = 0;
            double size = 0;
            for (int i = 0; i < rounded.length; i++) {
                double reference = expected[i / config.vocabularySize()][i % config.vocabularySize()];
                difference += (rounded[i] - reference) * (rounded[i] - reference);
                size += reference * reference;
            }
            assertThat(Math.sqrt(difference / size)).isPositive().isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void modelLoadedInBfloat16LearnsAndAnswers(ModelConfig config, @TempDir Path directory) {
        // Given
        TinyModels.load(directory, config, 1).close();
        AdapterTask task = new AdapterTask("a", 1, List.of(new TrainingSequence(TinyModels.tokens(config, 20, 1), 0)));
        TrainingSettings training =
                new TrainingSettings(30, 0, 1e-2, LearningRateDecay.NONE, 0.9, 0.99, 0, LossMean.TOKENS);
        LoraSettings lora = new LoraSettings(3, 6, LoraSettings.ALL_LINEAR);

        try (LanguageModel model =
                LanguageModel.load(directory, LoadOptions.cpu().withPrecision(Precision.BFLOAT16))) {
            // When
            TrainedAdapter trained =
                    model.trainAdapters(List.of(task), lora, training).get(0);

            // Then the text is known by heart, with the adapter applied as with it merged
            assertThat(trained.lossCurve()[29]).isLessThan(0.5f * trained.lossCurve()[0]);
            Prompt prompt = new Prompt(TinyModels.tokens(config, 20, 1), 0, 0);
            Prompt plain = new Prompt(prompt.tokens(), 0, Prompt.NO_ADAPTER);
            Sampling one = Sampling.greedy(1, Set.of());
            float applied = model.generate(List.of(prompt), one, List.of(trained.required()))
                    .get(0)
                    .logProbabilities()[0];
            try (LanguageModel merged = model.merged(List.of(trained.required()))) {
                assertThat(merged.generate(List.of(plain), one, List.of())
                                .get(0)
                                .logProbabilities()[0])
                        .isCloseTo(applied, within(0.1f));
            }
        }
    }
}
