package dev.sealstream.languagemodel;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Shape of a LoRA adapter (Hu et al. 2021), {@code W + scale · B A} in place of W, with what PEFT's LoraConfig can say.
 *
 * <p>The scale of a module is alpha / r, or alpha / √r with rsLoRA (Kalajdzievski 2023), which keeps the size of the
 * change from shrinking as the rank grows. Rank and alpha may differ from module to module. Nothing here knows a model:
 * which modules are adapted shows when the settings meet one.
 *
 * @param rank r, rows of A and columns of B, where no pattern says otherwise
 * @param alpha strength, before division, where no pattern says otherwise
 * @param rsLora whether alpha is divided by √r
 * @param targetModules modules that are adapted
 * @param excludeModules modules that are not, though targeted
 * @param rankPattern r of modules whose path matches {@code (.*\.)?(key)}; the first key that matches counts
 * @param alphaPattern alpha, likewise
 * @param layersToTransform numbers of the layers that are adapted, from 0; empty for all. As in PEFT, names only: a
 *     regular expression says it itself, and a module named by its full path is adapted in any case
 * @param layersPattern regular expressions for what stands before the layer's number, such as {@code layers}; empty for
 *     anything
 */
public record LoraSettings(
        int rank,
        double alpha,
        boolean rsLora,
        ModuleSelection targetModules,
        ModuleSelection excludeModules,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern,
        List<Integer> layersToTransform,
        List<String> layersPattern) {
    /** Every linear module of a transformer block, whatever the model calls them. */
    public static final List<String> ALL_LINEAR = List.of(ModuleSelection.ALL_LINEAR);

    public LoraSettings {
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
        layersToTransform = List.copyOf(layersToTransform);
        layersPattern = List.copyOf(layersPattern);
        checkRank("rank", rank);
        checkAlpha("alpha", alpha);
        rankPattern.forEach((key, value) -> checkRank("rank of modules " + key, value));
        alphaPattern.forEach((key, value) -> checkAlpha("alpha of modules " + key, value));
        rankPattern.keySet().forEach(ModuleSelection.Regex::compile);
        alphaPattern.keySet().forEach(ModuleSelection.Regex::compile);
        layersPattern.forEach(ModuleSelection.Regex::compile);
        if (targetModules.equals(ModuleSelection.none())) {
            throw new IllegalArgumentException("targetModules is empty; give module names, such as q_proj, or "
                    + ModuleSelection.ALL_LINEAR + " for every linear module");
        }
        if (layersToTransform.stream().anyMatch(layer -> layer < 0)) {
            throw new IllegalArgumentException("layersToTransform is " + layersToTransform + "; layers count from 0");
        }
        if (!layersToTransform.isEmpty() && !(targetModules instanceof ModuleSelection.Names)) {
            throw new IllegalArgumentException("layersToTransform is " + layersToTransform + ", but targetModules is "
                    + targetModules + "; give a list of names, or put the layers into a regular expression");
        }
        if (layersToTransform.isEmpty() && !layersPattern.isEmpty()) {
            throw new IllegalArgumentException(
                    "layersPattern is " + layersPattern + ", but layersToTransform is empty; give both or none");
        }
    }

    /**
     * The same rank and alpha for all modules that are targeted.
     *
     * @param targetModules names as in {@link ModuleSelection.Names}, or {@link #ALL_LINEAR}
     */
    public LoraSettings(int rank, double alpha, List<String> targetModules) {
        this(rank, alpha, ModuleSelection.of(targetModules));
    }

    /** The same rank and alpha for all modules that are targeted. */
    public LoraSettings(int rank, double alpha, ModuleSelection targetModules) {
        this(rank, alpha, false, targetModules, ModuleSelection.none(), Map.of(), Map.of(), List.of(), List.of());
    }

    private static void checkRank(String what, int rank) {
        if (rank < 1) {
            throw new IllegalArgumentException(what + " is " + rank + "; at least 1 is needed");
        }
    }

    private static void checkAlpha(String what, double alpha) {
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException(what + " is " + alpha + "; it must be finite");
        }
    }

    public LoraSettings withRsLora(boolean enabled) {
        return new LoraSettings(
                rank,
                alpha,
                enabled,
                targetModules,
                excludeModules,
                rankPattern,
                alphaPattern,
                layersToTransform,
                layersPattern);
    }

    public LoraSettings withExcludeModules(ModuleSelection modules) {
        return new LoraSettings(
                rank,
                alpha,
                rsLora,
                targetModules,
                modules,
                rankPattern,
                alphaPattern,
                layersToTransform,
                layersPattern);
    }

    /** Replaces both patterns; give maps that keep an order where more than one key can match. */
    public LoraSettings withPatterns(Map<String, Integer> ranks, Map<String, Double> alphas) {
        return new LoraSettings(
                rank, alpha, rsLora, targetModules, excludeModules, ranks, alphas, layersToTransform, layersPattern);
    }

    /** Adapts some layers only. */
    public LoraSettings withLayers(List<Integer> layers, List<String> patterns) {
        return new LoraSettings(
                rank, alpha, rsLora, targetModules, excludeModules, rankPattern, alphaPattern, layers, patterns);
    }

    /** Whether the module at a path is adapted. */
    boolean targets(String path) {
        if (excludeModules.matches(path) || !targetModules.matches(path)) {
            return false;
        }
        return layersToTransform.isEmpty() || targetModules.names(path) || isInLayer(path);
    }

    private boolean isInLayer(String path) {
        for (String pattern : layersPattern.isEmpty() ? List.of("[^.]*") : layersPattern) {
            Matcher layer = ModuleSelection.Regex.compile(".*\\." + pattern + "\\.(?<layer>\\d+)\\.")
                    .matcher(path);
            if (layer.lookingAt()) {
                return layersToTransform.contains(Integer.parseInt(layer.group("layer")));
            }
        }
        return false;
    }

    /** r of the module at a path. */
    int rank(String path) {
        return ofPattern(rankPattern, path, rank);
    }

    /** The factor of B·A where no pattern says otherwise. */
    public double scale() {
        return alpha / (rsLora ? Math.sqrt(rank) : rank);
    }

    /** The factor of B·A in the module at a path. */
    double scale(String path) {
        int r = rank(path);
        return ofPattern(alphaPattern, path, alpha) / (rsLora ? Math.sqrt(r) : r);
    }

    private static <T> T ofPattern(Map<String, T> pattern, String path, T otherwise) {
        for (Map.Entry<String, T> entry : pattern.entrySet()) {
            if (ModuleSelection.Regex.compile("(.*\\.)?(" + entry.getKey() + ")")
                    .matcher(path)
                    .matches()) {
                return entry.getValue();
            }
        }
        return otherwise;
    }

    /**
     * Returns the paths that are adapted, in their order.
     *
     * @param paths all linear modules of a model
     * @throws IllegalArgumentException if there is none
     */
    List<String> targetsAmong(Collection<String> paths) {
        List<String> targets = paths.stream().filter(this::targets).toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("no module of the model is targeted by " + targetModules
                    + (excludeModules.equals(ModuleSelection.none()) ? "" : " without " + excludeModules)
                    + (layersToTransform.isEmpty() ? "" : " in layers " + layersToTransform)
                    + "; its modules are " + withoutNumbers(paths));
        }
        return targets;
    }

    /** Names once for all layers, so that an error stays readable. */
    private static List<String> withoutNumbers(Collection<String> paths) {
        return paths.stream()
                .map(path -> path.replaceAll("\\.\\d+\\.", ".*."))
                .distinct()
                .toList();
    }
}
