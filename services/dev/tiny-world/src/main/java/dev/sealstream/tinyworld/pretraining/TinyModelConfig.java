package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.languagemodel.ModelConfig;
import dev.sealstream.languagemodel.RotaryPositions;

import java.util.List;

/** The shape of the tiny model: a Llama of under a million weights. */
final class TinyModelConfig {
    static final int BOS_ID = 1;
    static final int EOS_ID = 2;

    /** How self-edits are sampled; what other libraries use when asked for nothing else. */
    static final String GENERATION_CONFIG = """
            {
              "bos_token_id": 1,
              "eos_token_id": 2,
              "pad_token_id": 0,
              "do_sample": true,
              "temperature": 1.0,
              "top_p": 0.95
            }
            """;

    private TinyModelConfig() {}

    static ModelConfig of(int vocabularySize) {
        return new ModelConfig(
                ModelConfig.Family.LLAMA,
                vocabularySize,
                128,
                384,
                4,
                4,
                4,
                32,
                1e-5,
                RotaryPositions.plain(1e6),
                1024,
                0,
                true,
                BOS_ID,
                List.of(EOS_ID));
    }
}
