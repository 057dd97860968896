package dev.sealstream.experiments.knowledge;

/**
 * One part of the experiment, for whoever watches.
 *
 * @param rolloutsEnded of {@code rolloutsExpected}
 * @param adaptersEnded adapters those rollouts took: what time goes by
 * @param adaptersExpected in the whole phase, what is measured inside the gate included
 * @param activity what is waited for once all rollouts have ended; empty before
 */
public record Phase(
        String name,
        int rolloutsEnded,
        int rolloutsExpected,
        int adaptersEnded,
        int adaptersExpected,
        String activity,
        boolean isOver) {}
