package dev.sealstream.languagemodel;

/** Number formats of weight matrices while a model runs. */
public enum Precision {
    /** Exact for files of any supported type. */
    FLOAT32(6, 4),
    /** Half the memory; faster where the processor or GPU has such products. Files in float16 lose three bits of mantissa. */
    BFLOAT16(15, 2);

    private final int torchType;
    private final int bytes;

    Precision(int torchType, int bytes) {
        this.torchType = torchType;
        this.bytes = bytes;
    }

    /** libtorch's number of the type. */
    int torchType() {
        return torchType;
    }

    /** Bytes of one number. */
    int bytes() {
        return bytes;
    }
}
