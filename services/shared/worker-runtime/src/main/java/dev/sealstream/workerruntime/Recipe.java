package dev.sealstream.workerruntime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A named set of settings; single settings override it. */
enum Recipe {
    /** The defaults of every key: what gives the tiny model most for its time. */
    FAST(Map.of()),

    /**
     * SEAL's settings for single passages (arXiv 2506.10943 and its code), which train on padding. The longest self-edit stays
     * as it is set, since it depends on the model's window.
     */
    FAITHFUL(settings(
            "seal.sampling.group-size=5",
            "seal.sampling.temperature=1.0",
            "seal.sampling.top-p=0.95",
            "seal.inner-loop.rank=32",
            "seal.inner-loop.alpha=64",
            "seal.inner-loop.learning-rate=0.001",
            "seal.inner-loop.decay=LINEAR",
            "seal.inner-loop.epochs=10",
            "seal.inner-loop.batch-size=1",
            "seal.inner-loop.beta2=0.999",
            "seal.inner-loop.padded-tokens=2048",
            "seal.inner-loop.repeats=3",
            "seal.inner-loop.forgetting=none",
            "seal.evaluator.repeats-max=3",
            "seal.exam.answer-tokens-max=64",
            "seal.policy-trainer.round-size=50",
            "seal.policy-trainer.rank=64",
            "seal.policy-trainer.alpha=128",
            "seal.policy-trainer.learning-rate=0.0003",
            "seal.policy-trainer.epochs=2",
            "seal.policy-trainer.batch-size=10",
            "seal.policy-trainer.beta2=0.999"));

    static final String KEY = "seal.recipe";

    private final Map<String, String> settings;

    Recipe(Map<String, String> settings) {
        this.settings = settings;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** @throws IllegalArgumentException for an unknown name, with those there are */
    static Recipe named(String name) {
        return Arrays.stream(values())
                .filter(recipe -> recipe.spelled().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(KEY + " is '" + name + "'; allowed: "
                        + Arrays.stream(values()).map(Recipe::spelled).collect(Collectors.joining(", "))));
    }

    private String spelled() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> settings(String... lines) {
        var settings = new LinkedHashMap<String, String>();
        for (String line : lines) {
            settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return settings;
    }
}
