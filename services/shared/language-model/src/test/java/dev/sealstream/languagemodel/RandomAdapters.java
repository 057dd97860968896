package dev.sealstream.languagemodel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Adapters with random values in both factors, whatever ranks and modules the settings ask for. */
final class RandomAdapters {
    private RandomAdapters() {}

    static LoraAdapter of(ModelConfig config, LoraSettings settings, long seed) {
        Random random = new Random(seed);
        Map<String, LoraFactors> modules = new LinkedHashMap<>();
        WeightLayout layout = WeightLayout.of(config);
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : layout.modules()) {
                String path = layout.path(layer, module.path());
                if (settings.targets(path)) {
                    int rank = settings.rank(path);
                    int in = module.inFeatures();
                    int out = module.outFeatures();
                    modules.put(
                            path,
                            new LoraFactors(rank, in, out, values(random, rank * in), values(random, out * rank)));
                }
            }
        }
        return new LoraAdapter(settings, modules);
    }

    private static float[] values(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.2 * random.nextGaussian());
        }
        return values;
    }
}
