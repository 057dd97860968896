package dev.sealstream.benchmarks;

import dev.sealstream.languagemodel.LoadOptions;

/** Precision of matrix products in training. */
enum Products {
    FLOAT32("float32"),
    BFLOAT16("bfloat16");

    private final String text;

    Products(String text) {
        this.text = text;
    }

    /** For training. */
    LoadOptions options(int threads) {
        return LoadOptions.cpu(threads).withBfloat16Training(this == BFLOAT16);
    }

    /** For reading and writing text. */
    LoadOptions decoding(int threads) {
        return LoadOptions.cpu(threads);
    }

    @Override
    public String toString() {
        return text;
    }
}
