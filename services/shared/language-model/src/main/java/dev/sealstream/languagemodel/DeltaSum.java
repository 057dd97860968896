package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.List;

/**
 * A chain of adapters as one change of the weights: their products are added in float32, one after another, and rounded once
 * where the target is shorter. Adding the first of them, writing the sum down in float32 and adding the others to it gives the
 * same bits as adding all.
 */
final class DeltaSum {
    private static final String WEIGHT = ".weight";

    private final WeightLayout layout;
    private final List<LoraAdapter> deltas;

    DeltaSum(WeightLayout layout, List<LoraAdapter> deltas) {
        this.layout = layout;
        this.deltas = List.copyOf(deltas);
    }

    /** Whether any of the adapters changes a tensor of the TorchScript code. */
    boolean changes(int tensor) {
        return layout.modulesOf(tensor).keySet().stream().anyMatch(this::changes);
    }

    private boolean changes(String path) {
        return deltas.stream().anyMatch(delta -> delta.modules().containsKey(path));
    }

    /** Adds to a tensor of the TorchScript code, in place. */
    void addTo(NDArray target, int tensor) {
        layout.modulesOf(tensor).forEach((path, row) -> add(target, row, path));
    }

    /** Adds to one of Hugging Face's tensors, in place; {@code target} (out, in) in float32. */
    void addTo(NDArray target, String name) {
        if (name.endsWith(WEIGHT)) {
            add(target, 0, name.substring(0, name.length() - WEIGHT.length()));
        }
    }

    private void add(NDArray target, int row, String path) {
        if (!changes(path)) {
            return;
        }
        try (NDManager scratch = target.getManager().newSubManager()) {
            List<NDArray> factors = new ArrayList<>();
            List<Double> scales = new ArrayList<>();
            for (LoraAdapter delta : deltas) {
                LoraFactors own = delta.modules().get(path);
                if (own != null) {
                    factors.add(scratch.create(own.b(), new Shape(own.outFeatures(), own.rank())));
                    factors.add(scratch.create(own.a(), new Shape(own.rank(), own.inFeatures())));
                    scales.add(delta.scale(path));
                }
            }
            double[] scale = scales.stream().mapToDouble(Double::doubleValue).toArray();
            DecoderScript.call(scratch, "add_products", target, row, factors, scale);
        }
    }
}
