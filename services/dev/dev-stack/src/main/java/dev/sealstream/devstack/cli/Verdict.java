package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.lineage.LineageClient;
import dev.sealstream.domain.CandidateHistory;
import dev.sealstream.domain.CheckpointDecision;

import java.time.Duration;

/** Gives the gate a person's yes or no, and tells what it made of it. */
final class Verdict {
    /** The gate decides within milliseconds; a person would rather read than wait longer. */
    static final Duration WAIT = Duration.ofSeconds(15);

    private Verdict() {}

    static int give(String candidateId, boolean approved, PersonOptions person, LineageChoice choice)
            throws InterruptedException {
        String why = person.why();
        String by = person.by();
        Terminal terminal = Terminal.standard();
        return choice.read(lineage -> {
            lineage.decide(candidateId, approved, by, why);
            terminal.line("%s says %s to %s: %s", by, approved ? "yes" : "no", candidateId, why);
            terminal.line(outcome(lineage, candidateId));
            return 0;
        });
    }

    private static String outcome(LineageClient lineage, String candidateId) {
        CandidateHistory candidate = lineage.history().candidate(candidateId).orElseThrow();
        if (candidate.standing() == CandidateHistory.Standing.PROPOSED) {
            return "It is not measured yet; the gate takes this up when it is. ./seal log shows what becomes of it";
        }
        if (!lineage.awaitEnd(candidateId, WAIT)) {
            return "The gate has not decided within " + WAIT.toSeconds()
                    + " s: the head may have moved, and the candidate is measured again. ./seal log shows what becomes of it";
        }
        var end = lineage.history().candidate(candidateId).orElseThrow();
        return end.end() instanceof CheckpointDecision.Released released
                ? "Released as version " + released.version() + ", the head from now on"
                : "Rejected: " + end.reason();
    }
}
