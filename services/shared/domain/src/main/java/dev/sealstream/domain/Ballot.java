package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a person can decide about a lineage as it stands; says what is wrong with anything else. */
public final class Ballot {
    /** More would not be read in a message. */
    private static final int NAMED_MAX = 8;

    private final LineageHistory history;

    public Ballot(LineageHistory history) {
        this.history = history;
    }

    /**
     * A person's yes or no. A candidate that is not measured yet can be decided too; the gate remembers it.
     *
     * @throws RefusedDecisionException if there is no such candidate, or it is decided already
     */
    public ApprovalGiven on(String candidateId, boolean approved, String by, String reason) {
        var candidate = history.candidate(candidateId)
                .orElseThrow(() -> new RefusedDecisionException(
                        "candidate",
                        candidateId,
                        "unknown to lineage " + history.name(),
                        undecided(),
                        "the log has the ids of all candidates"));
        if (candidate.end() instanceof CheckpointDecision.Released released) {
            throw new RefusedDecisionException(
                    "candidate",
                    candidateId,
                    "already released as version " + released.version(),
                    undecided(),
                    "a release is undone by rolling back to version " + released.parentVersion());
        }
        if (candidate.end() instanceof CheckpointDecision.Archived archived) {
            throw new RefusedDecisionException(
                    "candidate",
                    candidateId,
                    "already archived as version " + archived.version() + ": " + archived.reason(),
                    undecided(),
                    "an archived version serves once the head is moved to it");
        }
        if (candidate.end() != null) {
            throw new RefusedDecisionException(
                    "candidate",
                    candidateId,
                    "already rejected: " + candidate.reason(),
                    undecided(),
                    "a candidate is decided once; a new one comes of its document sent again, or of the next round");
        }
        return new ApprovalGiven(candidateId, history.name(), by, approved, reason);
    }

    /** @throws RefusedDecisionException if there is no such version, or it is the head already */
    public RollbackOrdered rollBack(long toVersion, String by, String reason) {
        if (toVersion == history.head()) {
            throw new RefusedDecisionException(
                    "version",
                    Long.toString(toVersion),
                    "the head of lineage " + history.name() + " already",
                    versions(),
                    "nothing needs to be done");
        }
        requireVersion(toVersion);
        return new RollbackOrdered(history.name(), toVersion, by, reason);
    }

    /** @throws RefusedDecisionException if the lineage does not have it */
    public long requireVersion(long version) {
        if (!history.has(version)) {
            throw new RefusedDecisionException(
                    "version",
                    Long.toString(version),
                    "unknown to lineage " + history.name(),
                    versions(),
                    "the log has all versions");
        }
        return version;
    }

    private String undecided() {
        var ids = history.candidates().stream()
                .filter(one -> one.end() == null)
                .map(one -> one.candidate().candidateId())
                .toList();
        return ids.isEmpty() ? "an undecided candidate, of which there is none now" : named(ids);
    }

    private String versions() {
        var versions = new ArrayList<>(List.of("0"));
        history.versions().forEach(version -> versions.add(Long.toString(version.version())));
        return named(versions);
    }

    private static String named(List<String> all) {
        String first = all.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return all.size() > NAMED_MAX ? first + " and " + (all.size() - NAMED_MAX) + " more" : first;
    }
}
