package dev.sealstream.benchmarks;

/** Precision of matrix products in training. */
enum Products {
    FLOAT32,
    BFLOAT16;

    String text() {
        return this == FLOAT32 ? "float32" : "bfloat16";
    }
}
