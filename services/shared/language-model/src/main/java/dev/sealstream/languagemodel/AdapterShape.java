package dev.sealstream.languagemodel;

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
record AdapterShape(ModelConfig config, LoraSettings lora) {
    AdapterShape {
        List<String> targets = lora.targetsAmong(paths(config));
        for (String path : targets) {
            boolean alike = lora.rank(path) == lora.rank() && lora.scale(path) == lora.scale();
            for (int layer = 0; layer < config.layers(); layer++) {
                alike &= targets.contains(path.replaceFirst("\\d+", Integer.toString(layer)));
            }
            if (!alike) {
                throw new IllegalArgumentException("module " + path + " has its own rank, alpha or choice of layers in "
                        + lora + "; training needs the same in every layer");
            }
        }
    }

    private static List<String> paths(ModelConfig config) {
        List<String> paths = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : LinearModule.values()) {
                paths.add(WeightNames.layer(layer, module.path()));
            }
        }
        return paths;
    }

    private boolean targets(LinearModule module) {
        return lora.targets(WeightNames.layer(0, module.path()));
    }

    /** In and out features of the seven modules; 0 and 0 for a module that is not targeted. */
    long[] sizes() {
        long[] sizes = new long[2 * LinearModule.values().length];
        for (LinearModule module : LinearModule.values()) {
            if (targets(module)) {
                sizes[2 * module.ordinal()] = module.inFeatures(config);
                sizes[2 * module.ordinal() + 1] = module.outFeatures(config);
            }
        }
        return sizes;
    }

    /** P. */
    int parameters() {
        return Math.toIntExact(
                config.layers() * lora.rank() * Arrays.stream(sizes()).sum());
    }

    /**
     * A fresh adapter: A uniform in ±1/√in, as PEFT draws it, and B zero, so that it changes nothing.
     *
     * @param seed the same seed gives the same values, whatever else is trained beside it
     */
    float[] fresh(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] parameters = new float[parameters()];
        int offset = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : LinearModule.values()) {
                if (targets(module)) {
                    double bound = 1 / Math.sqrt(module.inFeatures(config));
                    int a = lora.rank() * module.inFeatures(config);
                    for (int i = 0; i < a; i++) {
                        parameters[offset + i] = (float) ((2 * random.nextDouble() - 1) * bound);
                    }
                    offset += a + lora.rank() * module.outFeatures(config);
                }
            }
        }
        return parameters;
    }

    /** Cuts a row of parameters into the factors of each module. */
    LoraAdapter adapter(float[] parameters) {
        Map<String, LoraFactors> modules = new LinkedHashMap<>();
        int offset = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : LinearModule.values()) {
                if (targets(module)) {
                    int in = module.inFeatures(config);
                    int out = module.outFeatures(config);
                    int b = offset + lora.rank() * in;
                    int end = b + lora.rank() * out;
                    modules.put(
                            WeightNames.layer(layer, module.path()),
                            new LoraFactors(
                                    lora.rank(),
                                    in,
                                    out,
                                    Arrays.copyOfRange(parameters, offset, b),
                                    Arrays.copyOfRange(parameters, b, end)));
                    offset = end;
                }
            }
        }
        return new LoraAdapter(lora, modules);
    }
}
