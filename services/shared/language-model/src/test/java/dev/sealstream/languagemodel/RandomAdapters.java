package dev.sealstream.languagemodel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Adapters with random values in both factors, whatever ranks and modules the settings ask for. */
final class RandomAdapters {
    private RandomAdapters() {}

    static LoraAdapter of(ModelConfig config, LoraSettings settings, long seed) {
        Random random = new Random(seed);
        Map<String, LoraFactors> modules = new LinkedHashMap<>();
        modules(config).forEach((path, shape) -> {
            if (settings.targets(path)) {
                int rank = settings.rank(path);
                int out = shape.get(0).intValue();
                int in = shape.get(1).intValue();
                modules.put(
                        path, new LoraFactors(rank, in, out, values(random, rank * in), values(random, out * rank)));
            }
        });
        return new LoraAdapter(settings, modules);
    }

    /** (out, in) of every linear module in a transformer block. */
    private static Map<String, List<Long>> modules(ModelConfig config) {
        Map<String, List<Long>> modules = new LinkedHashMap<>();
        WeightNames.shapes(config).forEach((name, shape) -> {
            if (name.endsWith("_proj.weight")) {
                modules.put(name.substring(0, name.length() - ".weight".length()), shape);
            }
        });
        return modules;
    }

    private static float[] values(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.2 * random.nextGaussian());
        }
        return values;
    }
}
