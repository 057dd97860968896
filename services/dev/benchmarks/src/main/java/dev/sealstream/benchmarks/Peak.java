package dev.sealstream.benchmarks;

import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.MatrixSpeed;

import java.util.List;
import java.util.Map;

/** The machine's speed at large square products, measured in the same rounds as what is compared with it. */
final class Peak implements AutoCloseable {
    private static final List<Integer> SIZES = List.of(2048, 4096);
    /** Of the smaller size; the larger takes eight times as long. */
    private static final int PRODUCTS = 8;

    private final MatrixSpeed speed;

    Peak(int threads) {
        speed = new MatrixSpeed(LoadOptions.cpu(threads));
    }

    void addTo(Interleaved arms) {
        for (Products products : Products.values()) {
            for (int size : SIZES) {
                arms.measured(
                        arm(products, size),
                        () -> speed.flopsPerSecond(
                                size, products == Products.BFLOAT16, size == SIZES.get(0) ? PRODUCTS : PRODUCTS / 8));
            }
        }
    }

    /** Operations per second: the median of the better size. */
    static double of(Products products, Map<String, Double> medians) {
        return SIZES.stream()
                .mapToDouble(size -> medians.get(arm(products, size)))
                .max()
                .orElseThrow();
    }

    static Table table(Map<String, Double> medians) {
        Table table = new Table("square product", "n", "GFLOP/s");
        for (Products products : Products.values()) {
            for (int size : SIZES) {
                table.row(products.toString(), size, medians.get(arm(products, size)) / 1e9);
            }
        }
        return table;
    }

    private static String arm(Products products, int size) {
        return products + " product of n = " + size;
    }

    @Override
    public void close() {
        speed.close();
    }
}
