package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The forward pass against a second implementation. */
class ForwardTest {
    static Stream<ModelConfig> models() {
        return TinyModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void logitsEqualThoseOfPlainLoopsInDoublePrecision(ModelConfig config) {
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            // Given
            int[] tokens = TinyModels.tokens(config, 23, 5);
            double[][] expected = new ReferenceDecoder(config, TinyModels.weights(config, 1)).logits(tokens);

            // When
            float[] logits = TinyModels.logits(manager, TinyModels.decoder(manager, config, 1), List.of(), tokens);

            // Then
            int v = config.vocabularySize();
            for (int t = 0; t < tokens.length; t++) {
                for (int i = 0; i < v; i++) {
                    assertThat((double) logits[t * v + i]).isCloseTo(expected[t][i], within(1e-4));
                }
            }
        }
    }
}
