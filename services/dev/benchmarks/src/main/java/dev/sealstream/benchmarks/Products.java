package dev.sealstream.benchmarks;

import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.Precision;

/** Precision of weight matrices and of products with them. */
enum Products {
    FLOAT32("float32"),
    BFLOAT16("bfloat16");

    private final String text;

    Products(String text) {
        this.text = text;
    }

    /** Weights in this precision; adapters, moments and sums stay float32. */
    LoadOptions options(int threads) {
        return LoadOptions.cpu(threads).withPrecision(this == FLOAT32 ? Precision.FLOAT32 : Precision.BFLOAT16);
    }

    @Override
    public String toString() {
        return text;
    }
}
