package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.process.StackException;

/**
 * How many documents of a file go where.
 *
 * <p>What is asked for explicitly is given or refused. What is left to the defaults shrinks in proportion where the file
 * is too small for them.
 *
 * @param passages of each round
 * @param notice what was shrunk, for people; empty when nothing was
 */
public record SquadSplit(int passages, int gate, int heldOut, String notice) {
    private static final int PASSAGES_MIN = 1;

    /** Two documents at least, or there is no standard error. */
    private static final int MEASURED_MIN = 2;

    /**
     * @param available documents in the file
     * @param passages of each round, or null to choose; likewise {@code gate} and {@code heldOut}
     * @throws StackException if the documents are not enough, with the numbers and what to do
     */
    public static SquadSplit of(int available, int rounds, Integer passages, Integer gate, Integer heldOut) {
        long fixed = (long) (passages == null ? 0 : passages) * rounds
                + (gate == null ? 0 : gate)
                + (heldOut == null ? 0 : heldOut);
        int free = (passages == null ? KnowledgeSettings.PASSAGES * rounds : 0)
                + (gate == null ? KnowledgeSettings.GATE : 0)
                + (heldOut == null ? KnowledgeSettings.HELD_OUT : 0);
        double share = free == 0 ? 1 : Math.min(1, (double) (available - fixed) / free);
        int somePassages = passages == null ? shrunk(KnowledgeSettings.PASSAGES, share, PASSAGES_MIN) : passages;
        int someGate = gate == null ? shrunk(KnowledgeSettings.GATE, share, MEASURED_MIN) : gate;
        long rest = available - (long) somePassages * rounds - someGate;
        int someHeldOut =
                heldOut == null ? (int) Math.max(MEASURED_MIN, Math.min(KnowledgeSettings.HELD_OUT, rest)) : heldOut;
        long needed = (long) somePassages * rounds + someGate + someHeldOut;
        if (needed > available) {
            throw new StackException("the file has " + available + " documents, the experiment needs at least " + needed
                    + ": " + rounds + " rounds of " + somePassages + ", " + someGate + " for the gate, " + someHeldOut
                    + " to measure; lower --rounds, --passages, --gate or --eval, or give a larger file");
        }
        String notice = share >= 1
                ? ""
                : "the file has " + available + " documents, fewer than the defaults need: " + rounds + " rounds of "
                        + somePassages + ", " + someGate + " for the gate, " + someHeldOut + " to measure";
        return new SquadSplit(somePassages, someGate, someHeldOut, notice);
    }

    private static int shrunk(int usual, double share, int least) {
        return Math.max(least, (int) (usual * share));
    }
}
