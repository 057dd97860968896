package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.List;

/**
 * Adapters side by side, so that one batched product applies all of them.
 *
 * <p>Ranks may differ: shorter factors are filled with zeros. B carries the scale already.
 */
final class AdapterStack {
    private AdapterStack() {}

    /**
     * Returns the transformer's list of adapters: per layer and module A (K, r, in) and B (K, out, r).
     *
     * @param adapters K adapters; null stands for the base model as it is
     */
    static List<NDArray> of(NDManager manager, ModelConfig config, List<LoraAdapter> adapters) {
        WeightLayout layout = WeightLayout.of(config);
        List<NDArray> tensors = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : layout.modules()) {
                addModule(tensors, manager, adapters, layout.path(layer, module.path()), module);
            }
        }
        return tensors;
    }

    private static void addModule(
            List<NDArray> tensors, NDManager manager, List<LoraAdapter> adapters, String path, LinearModule module) {
        int in = module.inFeatures();
        int out = module.outFeatures();
        int rank = 0;
        for (LoraAdapter adapter : adapters) {
            if (adapter != null && adapter.modules().containsKey(path)) {
                rank = Math.max(rank, adapter.modules().get(path).rank());
            }
        }
        float[] a = new float[adapters.size() * rank * in];
        float[] b = new float[adapters.size() * out * rank];
        for (int k = 0; k < adapters.size(); k++) {
            LoraFactors factors =
                    adapters.get(k) == null ? null : adapters.get(k).modules().get(path);
            if (factors != null) {
                checkShape(path, factors, in, out);
                float scale = (float) adapters.get(k).scale(path);
                System.arraycopy(factors.a(), 0, a, k * rank * in, factors.a().length);
                for (int row = 0; row < out; row++) {
                    for (int i = 0; i < factors.rank(); i++) {
                        b[(k * out + row) * rank + i] = scale * factors.b()[row * factors.rank() + i];
                    }
                }
            }
        }
        tensors.add(rank == 0 ? manager.create(new Shape(0)) : manager.create(a, new Shape(adapters.size(), rank, in)));
        tensors.add(
                rank == 0 ? manager.create(new Shape(0)) : manager.create(b, new Shape(adapters.size(), out, rank)));
    }

    static void checkShape(String path, LoraFactors factors, int in, int out) {
        if (factors.inFeatures() != in || factors.outFeatures() != out) {
            throw new IllegalArgumentException("adapter module " + path + " goes from " + factors.inFeatures() + " to "
                    + factors.outFeatures() + " features, the model's from " + in + " to " + out
                    + "; the adapter belongs to another model");
        }
    }

    /**
     * Refuses an adapter of another model.
     *
     * @throws IllegalArgumentException if a module is unknown or has another shape than the model's
     */
    static void check(ModelConfig config, LoraAdapter adapter) {
        WeightLayout layout = WeightLayout.of(config);
        int known = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : layout.modules()) {
                String path = layout.path(layer, module.path());
                LoraFactors factors = adapter.modules().get(path);
                if (factors != null) {
                    checkShape(path, factors, module.inFeatures(), module.outFeatures());
                    known++;
                }
            }
        }
        if (known != adapter.modules().size()) {
            throw new IllegalArgumentException(
                    "adapter has " + adapter.modules().size() + " modules, of which the model knows " + known
                            + "; the adapter belongs to another model");
        }
    }
}
