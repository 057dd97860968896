package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Where the factors of an adapter lie in its row of P parameters: per layer and module A (r, in), then B (out, r).
 *
 * <p>One flat row per adapter makes the optimizer a handful of operations, whatever the number of modules.
 */
final class AdapterShape {
    private final LoraSettings lora;
    private final List<Module> modules = new ArrayList<>();
    private final int parameters;

    /** @param rank 0 for a module that is not targeted */
    private record Module(String path, int rank, int in, int out, double scale, int start) {
        int end() {
            return start + rank * (in + out);
        }
    }

    /** @throws IllegalArgumentException if the settings target no module of the model */
    AdapterShape(ModelConfig config, LoraSettings lora) {
        this.lora = lora;
        WeightLayout layout = WeightLayout.of(config);
        lora.targetsAmong(layout.modulePaths());
        int start = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : layout.modules()) {
                String path = layout.path(layer, module.path());
                int rank = lora.targets(path) ? lora.rank(path) : 0;
                modules.add(new Module(
                        path,
                        rank,
                        module.inFeatures(),
                        module.outFeatures(),
                        rank == 0 ? 1 : lora.scale(path),
                        start));
                start = Math.addExact(start, Math.multiplyExact(rank, module.inFeatures() + module.outFeatures()));
            }
        }
        parameters = start;
    }

    /** P. */
    int parameters() {
        return parameters;
    }

    /** Sum of the ranks of all modules of the layer that has most. */
    int ranksOfLayer(int layers) {
        int perLayer = modules.size() / layers;
        int most = 0;
        for (int layer = 0; layer < layers; layer++) {
            most = Math.max(
                    most,
                    modules.subList(layer * perLayer, (layer + 1) * perLayer).stream()
                            .mapToInt(Module::rank)
                            .sum());
        }
        return most;
    }

    /** Rank, in and out features of each layer's modules, as {@code adapter_training.py} takes them. */
    long[] modules() {
        long[] result = new long[3 * modules.size()];
        for (int i = 0; i < modules.size(); i++) {
            result[3 * i] = modules.get(i).rank;
            result[3 * i + 1] = modules.get(i).in;
            result[3 * i + 2] = modules.get(i).out;
        }
        return result;
    }

    /** Factor of B·A of each layer's modules. */
    double[] scales() {
        return modules.stream().mapToDouble(Module::scale).toArray();
    }

    /**
     * A fresh adapter: A uniform in ±1/√in, as PEFT draws it, and B zero, so that it changes nothing.
     *
     * @param seed the same seed gives the same values, whatever else is trained beside it
     */
    float[] fresh(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[parameters];
        for (Module module : modules) {
            double bound = 1 / Math.sqrt(module.in);
            for (int i = 0; i < module.rank * module.in; i++) {
                values[module.start + i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
        return values;
    }

    /** The rows that adapters read, one below another: (R, in) of each layer's modules, (0, in) where they read none. */
    List<NDArray> rowsOf(NDManager manager, List<LoraAdapter> adapters) {
        List<NDArray> rows = new ArrayList<>();
        for (Module module : modules) {
            List<float[]> parts = adapters.stream()
                    .filter(adapter -> adapter.modules().containsKey(module.path))
                    .map(adapter -> adapter.modules().get(module.path).a())
                    .toList();
            int size = parts.stream().mapToInt(part -> part.length).sum();
            float[] joined = new float[size];
            int at = 0;
            for (float[] part : parts) {
                System.arraycopy(part, 0, joined, at, part.length);
                at += part.length;
            }
            rows.add(
                    size == 0
                            ? manager.zeros(new Shape(0, module.in))
                            : manager.create(joined, new Shape(size / module.in, module.in)));
        }
        return rows;
    }

    /** Cuts a row of parameters into the factors of each module. */
    LoraAdapter adapter(float[] values) {
        return adapter(values, 0);
    }

    /** The same for a row that starts at {@code from}; no second copy, since the rows of many adapters can fill the heap. */
    LoraAdapter adapter(float[] values, int from) {
        Map<String, LoraFactors> factors = new LinkedHashMap<>();
        for (Module module : modules) {
            if (module.rank > 0) {
                int a = from + module.start;
                int b = a + module.rank * module.in;
                factors.put(
                        module.path,
                        new LoraFactors(
                                module.rank,
                                module.in,
                                module.out,
                                Arrays.copyOfRange(values, a, b),
                                Arrays.copyOfRange(values, b, from + module.end())));
            }
        }
        return new LoraAdapter(lora, factors);
    }
}
