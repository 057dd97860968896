package dev.sealstream.devstack.lineage;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.events.RefusedRecord;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.Ballot;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateHistory;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.LineageHistory;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.RefusedDecisionException;
import dev.sealstream.domain.RollbackOrdered;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Reads a lineage from the topics, and gives the gate what people decide about it. */
public final class LineageClient {
    /** What tells a lineage's history. */
    public static final List<Topic<?>> TOPICS =
            List.of(Topics.CANDIDATES, Topics.BENCHMARKS, Topics.CHECKPOINTS, Topics.SNAPSHOTS);

    /** What the gate could not work on comes back here. */
    public static final List<Topic<?>> REFUSALS = List.of(Topics.APPROVALS);

    /** Of each kind, far beyond what a page is read for. */
    private static final int KEPT = 100_000;

    private static final Duration POLL = Duration.ofMillis(500);

    /** A log of many thousand records is read in seconds. */
    private static final Duration READ_MAX = Duration.ofMinutes(2);

    private final EventLink link;
    private final LongSupplier nanos;
    private final LineageHistory history;
    private final Set<String> lineages = new TreeSet<>();
    private boolean sent;

    private LineageClient(EventLink link, String lineage, LongSupplier nanos) {
        this.link = link;
        this.nanos = nanos;
        this.history = new LineageHistory(lineage, KEPT);
    }

    /**
     * Reads the lineage as it stands now.
     *
     * @param link one that begins with the oldest record of {@link #TOPICS} and brings the dead letters of {@link #REFUSALS};
     *     stays open as long as the client is used
     * @param nanos a clock in nanoseconds
     * @throws StackException if nothing is known of the lineage, or its log contradicts itself
     */
    public static LineageClient open(EventLink link, String lineage, LongSupplier nanos) {
        var client = new LineageClient(link, lineage, nanos);
        if (!client.pollUntil(link::isCaughtUp, READ_MAX)) {
            throw new StackException("the topics were not read to their end in " + READ_MAX.toMinutes()
                    + " minutes; is the broker overloaded?");
        }
        if (!client.lineages.isEmpty() && !client.lineages.contains(lineage)) {
            throw new StackException("lineage " + lineage + " has no records; allowed: " + client.lineages
                    + "; choose one of them with --lineage");
        }
        return client;
    }

    public LineageHistory history() {
        return history;
    }

    /** @throws StackException if the candidate is unknown or decided already */
    public ApprovalGiven decide(String candidateId, boolean approved, String by, String reason) {
        return send(() -> new Ballot(history).on(candidateId, approved, by, reason));
    }

    /** @throws StackException if the version is unknown or the head already */
    public RollbackOrdered rollBack(long toVersion, String by, String reason) {
        return send(() -> new Ballot(history).rollBack(toVersion, by, reason));
    }

    /** @throws StackException if the lineage never released it */
    public long requireVersion(long version) {
        return orExplain(() -> new Ballot(history).requireVersion(version));
    }

    /**
     * Whether the gate decided on the candidate within the time.
     *
     * @throws StackException if the gate cannot work on what was sent
     */
    public boolean awaitEnd(String candidateId, Duration atMost) {
        return pollUntil(
                () -> history.candidate(candidateId).map(CandidateHistory::end).isPresent(), atMost);
    }

    /**
     * Whether the version became the head within the time.
     *
     * @throws StackException if the gate cannot work on what was sent
     */
    public boolean awaitHead(long version, Duration atMost) {
        return pollUntil(() -> history.head() == version, atMost);
    }

    private <D extends PersonDecision> D send(Supplier<D> decision) {
        D made = orExplain(decision);
        link.send(Topics.APPROVALS, List.of(made));
        sent = true;
        return made;
    }

    private static <T> T orExplain(Supplier<T> decision) {
        try {
            return decision.get();
        } catch (RefusedDecisionException refused) {
            throw new StackException(refused.getMessage(), refused);
        }
    }

    private boolean pollUntil(Supplier<Boolean> reached, Duration atMost) {
        long start = nanos.getAsLong();
        while (!reached.get()) {
            if (nanos.getAsLong() - start > atMost.toNanos()) {
                return false;
            }
            link.poll(POLL).forEach(this::take);
        }
        return true;
    }

    private void take(Object event) {
        if (event instanceof CandidateProposed proposed) {
            lineages.add(proposed.lineage());
            history.proposed(proposed);
        } else if (event instanceof BenchmarkMeasured measured) {
            history.measured(measured);
        } else if (event instanceof CheckpointDecision decision) {
            lineages.add(decision.lineage());
            decided(decision);
        } else if (event instanceof SnapshotTaken snapshot) {
            history.snapshotTaken(snapshot);
        } else if (event instanceof RefusedRecord refused
                && sent
                && refused.key().equals(history.name())) {
            throw new StackException("the gate refused it: " + refused.reason());
        }
        // Records that cannot be read are the stages' business: they went to the dead letters.
    }

    private void decided(CheckpointDecision decision) {
        try {
            history.decided(decision);
        } catch (IllegalStateException broken) {
            throw new StackException("seal.checkpoints contradicts itself: " + broken.getMessage(), broken);
        }
    }
}
