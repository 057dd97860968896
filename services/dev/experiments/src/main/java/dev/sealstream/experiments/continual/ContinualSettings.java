package dev.sealstream.experiments.continual;

import dev.sealstream.domain.NewData;
import dev.sealstream.experiments.run.ExperimentSettings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Size and seed of an experiment.
 *
 * @param method what is done against forgetting, as {@code seal.inner-loop.forgetting} takes it
 * @param sequences lineages; more narrow the standard errors
 * @param length documents of each, learnt one after the other
 * @param edits self-edits written for each document
 * @param gate held-out documents of each lineage, on which the gate measures every candidate
 * @param seed decides which documents are drawn
 * @param services further settings of the services
 */
public record ContinualSettings(
        String method, int sequences, int length, int edits, int gate, long seed, Map<String, String> services)
        implements ExperimentSettings {
    public static final String DEFAULT_METHOD = "gated";
    public static final String PLAIN_MERGING = "none";
    public static final int SEQUENCES = 8;
    public static final int LENGTH = 8;
    public static final int EDITS = 5;
    public static final int GATE = 4;

    private static final Set<String> METHODS = Set.of("none", "gated", "replay", "kl", "l2", "orthogonal");

    public ContinualSettings {
        for (String one : method.split(",", -1)) {
            if (!METHODS.contains(one)) {
                throw new IllegalArgumentException("--method names '" + one + "', allowed are none, gated, or any of"
                        + " replay, kl, l2 and orthogonal joined by commas");
            }
        }
        between("--sequences", sequences, 2, 1000);
        between("--length", length, 2, 16);
        between("--edits", edits, 1, NewData.GROUP_SIZE_MAX);
        between("--gate", gate, 2, 100);
        services = new TreeMap<>(services);
    }

    /** What is measured: the method, and plain merging beside it. */
    public List<String> methods() {
        return method.equals(PLAIN_MERGING) ? List.of(method) : List.of(method, PLAIN_MERGING);
    }

    private static void between(String option, int found, int least, int most) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(option + " is " + found + ", allowed are " + least + " to " + most);
        }
    }
}
