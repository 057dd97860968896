package dev.sealstream.languagemodel;

import java.util.Arrays;

/** The seven linear modules of a transformer block, in the order the TorchScript code expects them. */
enum LinearModule {
    Q_PROJ("self_attn.q_proj"),
    K_PROJ("self_attn.k_proj"),
    V_PROJ("self_attn.v_proj"),
    O_PROJ("self_attn.o_proj"),
    GATE_PROJ("mlp.gate_proj"),
    UP_PROJ("mlp.up_proj"),
    DOWN_PROJ("mlp.down_proj");

    private final String path;

    LinearModule(String path) {
        this.path = path;
    }

    /** Path inside a block, such as {@code self_attn.q_proj}. */
    String path() {
        return path;
    }

    int inFeatures(ModelConfig config) {
        return switch (this) {
            case Q_PROJ, K_PROJ, V_PROJ, GATE_PROJ, UP_PROJ -> config.hiddenSize();
            case O_PROJ -> config.attentionHeads() * config.headDimension();
            case DOWN_PROJ -> config.intermediateSize();
        };
    }

    int outFeatures(ModelConfig config) {
        return switch (this) {
            case Q_PROJ -> config.attentionHeads() * config.headDimension();
            case K_PROJ, V_PROJ -> config.keyValueHeads() * config.headDimension();
            case O_PROJ, DOWN_PROJ -> config.hiddenSize();
            case GATE_PROJ, UP_PROJ -> config.intermediateSize();
        };
    }

    /** Which of a layer's fused tensors holds the module's weight. */
    int fusedTensor() {
        return switch (this) {
            case Q_PROJ, K_PROJ, V_PROJ -> DecoderWeights.QKV;
            case O_PROJ -> DecoderWeights.O;
            case GATE_PROJ, UP_PROJ -> DecoderWeights.GATE_UP;
            case DOWN_PROJ -> DecoderWeights.DOWN;
        };
    }

    /** First row of the module's weight in its fused tensor. */
    int fusedRow(ModelConfig config) {
        return switch (this) {
            case Q_PROJ, O_PROJ, GATE_PROJ, DOWN_PROJ -> 0;
            case K_PROJ -> Q_PROJ.outFeatures(config);
            case V_PROJ -> Q_PROJ.outFeatures(config) + K_PROJ.outFeatures(config);
            case UP_PROJ -> GATE_PROJ.outFeatures(config);
        };
    }

    /** The module with this path inside a block; null if there is none. */
    static LinearModule ofPath(String path) {
        return Arrays.stream(values())
                .filter(module -> module.path.equals(path))
                .findFirst()
                .orElse(null);
    }

    boolean hasBias(ModelConfig config) {
        return switch (this) {
            case Q_PROJ, K_PROJ, V_PROJ -> config.family().queryKeyValueBias();
            case O_PROJ, GATE_PROJ, UP_PROJ, DOWN_PROJ -> false;
        };
    }
}
