package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.experiments.run.ExperimentSettings;

import java.util.Map;
import java.util.TreeMap;

/**
 * Size and seed of an experiment.
 *
 * @param rounds rounds of ReST-EM
 * @param passages training documents of each round; more make a step less noisy and slower
 * @param edits self-edits written for each document
 * @param repeats adapters trained for each self-edit of a training document, neither more nor fewer; 0 for as many as the
 *     services find each group needs
 * @param heldOut documents that are measured and never learnt from; more narrow the standard errors
 * @param gate documents the gate measures candidates on; none of them is among the held-out ones
 * @param seed decides which documents are drawn and how they are split
 * @param corpus held-out documents that are also learnt all at once (continued pre-training); 0 for none
 * @param promptStyle how self-edits are asked for
 * @param services further settings of the services
 */
public record KnowledgeSettings(
        int rounds,
        int passages,
        int edits,
        int repeats,
        int heldOut,
        int gate,
        int corpus,
        long seed,
        PromptStyle promptStyle,
        Map<String, String> services)
        implements ExperimentSettings {

    /** Repeats of a held-out document's self-edits on the base policy: one to choose by, one to score by. */
    public static final int BASE_REPEATS = 2;

    /** Repeats of the passage alone, which is a single group of one. */
    public static final int PASSAGE_REPEATS = 2;

    /** The ideal edit hardly varies. */
    public static final int IDEAL_REPEATS = 1;

    /** Self-edits of a held-out document after a round; documents are what narrows the error, not self-edits. */
    public static final int AFTER_EDITS = 2;

    public static final int AFTER_REPEATS = 1;

    public static final int ROUNDS = 2;
    public static final int PASSAGES = 50;
    public static final int EDITS = 5;
    /** What a group needs on average, measured on the tiny model. */
    private static final int USUAL_REPEATS = 3;

    public static final int HELD_OUT = 200;
    public static final int GATE = 32;

    public KnowledgeSettings {
        between("--rounds", rounds, 1, 20);
        between("--passages", passages, 1, 10_000);
        between("--edits", edits, 2, NewData.GROUP_SIZE_MAX);
        between("--repeats", repeats, 0, NewData.REPEATS_MAX);
        // One document has no standard error.
        between("--eval", heldOut, 2, 100_000);
        between("--gate", gate, 2, 10_000);
        if (corpus < 0 || corpus == 1 || corpus > heldOut) {
            throw new IllegalArgumentException("--continued-pretraining is " + corpus + ", allowed are 2 to " + heldOut
                    + ", the held-out documents, or 0 to leave it out; raise --eval for more");
        }
        services = new TreeMap<>(services);
    }

    /** Adapters to expect for each self-edit of a training document. */
    int repeatsExpected() {
        return repeats == 0 ? USUAL_REPEATS : repeats;
    }

    private static void between(String option, int found, int least, int most) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(option + " is " + found + ", allowed are " + least + " to " + most);
        }
    }
}
