package dev.sealstream.languagemodel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A trained low-rank change of a model, in Java memory; it holds no native resource. */
public final class LoraAdapter {
    private final LoraSettings settings;
    private final Map<String, LoraFactors> modules;
    private final AdapterTopic topic;

    /**
     * Creates an adapter.
     *
     * @param modules factors by module path, such as {@code model.layers.0.self_attn.q_proj}; the order is kept. A
     *     module without factors stays as it is
     * @throws IllegalArgumentException if a module is not targeted by the settings, or has another rank than they say
     */
    public LoraAdapter(LoraSettings settings, Map<String, LoraFactors> modules) {
        this(settings, modules, null);
    }

    private LoraAdapter(LoraSettings settings, Map<String, LoraFactors> modules, AdapterTopic topic) {
        this.topic = topic;
        this.settings = settings;
        this.modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
        this.modules.forEach((path, factors) -> {
            if (!settings.targets(path)) {
                throw new IllegalArgumentException("module " + path + " is adapted, but the adapter's settings target "
                        + settings.targetModules() + "; add it there, or leave its factors out");
            }
            if (factors.rank() != settings.rank(path)) {
                throw new IllegalArgumentException("module " + path + " has rank " + factors.rank()
                        + ", the adapter's settings say " + settings.rank(path));
            }
        });
    }

    /** The same adapter, to be kept beside the weights and switched on by texts that name the topic. */
    public LoraAdapter about(AdapterTopic newTopic) {
        return new LoraAdapter(settings, modules, newTopic);
    }

    /** What switches the adapter on; empty for one that is added to the weights. */
    public Optional<AdapterTopic> topic() {
        return Optional.ofNullable(topic);
    }

    public LoraSettings settings() {
        return settings;
    }

    /** Factors by module path, layer by layer. */
    public Map<String, LoraFactors> modules() {
        return modules;
    }

    /** The factor of B·A in the module at a path. */
    public double scale(String path) {
        return settings.scale(path);
    }

    /** Whether every value is a number; training that diverged leaves others. */
    public boolean isFinite() {
        return modules.values().stream().allMatch(LoraFactors::isFinite);
    }

    /** How much the adapter changes the weights. */
    public WeightChange weightChange() {
        return WeightChange.of(this);
    }
}
