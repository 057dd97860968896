package dev.sealstream.languagemodel;

/** The tensors of one transformer block in the order the TorchScript code wants them; a model has some of them empty. */
enum LayerSlot {
    INPUT_NORM,
    INPUT_NORM_BIAS,
    QKV,
    QKV_BIAS,
    QUERY_NORM,
    KEY_NORM,
    O,
    O_BIAS,
    POST_NORM,
    POST_NORM_BIAS,
    UP,
    UP_BIAS,
    DOWN,
    DOWN_BIAS;

    boolean isMatrix() {
        return this == QKV || this == O || this == UP || this == DOWN;
    }

    /** The bias beside a matrix. */
    LayerSlot bias() {
        return values()[ordinal() + 1];
    }
}
