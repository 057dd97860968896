package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One lineage as people look at it: what was proposed, what was measured, what became of it, by whom and why.
 *
 * <p>A fold over {@code seal.candidates}, {@code seal.benchmarks}, {@code seal.checkpoints} and {@code seal.snapshots}, each in
 * its own order and in any order between them. All versions are kept, as the log keeps them; of everything else the newest. Not thread-safe.
 */
public final class LineageHistory {
    private final String name;
    private final Map<String, CandidateProposed> proposed;
    private final Map<String, BenchmarkMeasured> measured;
    private final Map<String, CheckpointDecision.Held> held;
    private final Map<String, CheckpointDecision.Rejected> rejected;
    private final Map<String, CheckpointDecision.VersionAdded> added = new LinkedHashMap<>();
    private final Map<String, SnapshotTaken> snapshots = new HashMap<>();
    private final List<CheckpointDecision> decisions = new ArrayList<>();
    private final int kept;
    private Lineage lineage;

    /** @param kept how many proposals, measurements, holds and rejections are remembered; more shows further back */
    public LineageHistory(String name, int kept) {
        this.name = Require.nonBlank("lineage", name);
        this.kept = Require.atLeast("kept", kept, 1);
        proposed = new Newest<>(kept);
        measured = new Newest<>(kept);
        held = new Newest<>(kept);
        rejected = new Newest<>(kept);
    }

    /** Events of other lineages change nothing, here and below. */
    public void proposed(CandidateProposed candidate) {
        if (candidate.lineage().equals(name)) {
            proposed.put(candidate.candidateId(), candidate);
        }
    }

    public void measured(BenchmarkMeasured measurement) {
        if (measurement.candidate().lineage().equals(name)) {
            measured.put(measurement.candidate().candidateId(), measurement);
        }
    }

    public void snapshotTaken(SnapshotTaken snapshot) {
        if (snapshot.lineage().equals(name)) {
            snapshots.put(snapshot.weightsHash(), snapshot);
        }
    }

    /** @throws IllegalStateException if the decision does not follow from those before */
    public void decided(CheckpointDecision decision) {
        if (!decision.lineage().equals(name)) {
            return;
        }
        boolean repeated = decision instanceof CheckpointDecision.VersionAdded version && has(version.version());
        if (repeated) {
            return;
        }
        if (decision instanceof CheckpointDecision.ParentChosen choice) {
            tree(choice.weightsHash(), choice);
            return;
        }
        if (decision instanceof CheckpointDecision.VersionAdded version) {
            tree(version.parentVersion() == 0 ? version.parentWeightsHash() : "unknown", version);
            added.put(version.candidate().candidateId(), version);
        } else if (decision instanceof CheckpointDecision.RolledBack back) {
            tree(back.weightsHash(), back);
        } else if (decision instanceof CheckpointDecision.Rejected rejection) {
            rejected.put(rejection.candidate().candidateId(), rejection);
            Optional.ofNullable(lineage).ifPresent(known -> lineage = known.after(rejection));
        } else if (decision instanceof CheckpointDecision.Held wait) {
            held.put(wait.candidate().candidateId(), wait);
        }
        remember(decision);
    }

    /** The base model is known from the first decision that names it. */
    private void tree(String baseWeightsHash, CheckpointDecision decision) {
        lineage = (lineage == null ? Lineage.base(name, baseWeightsHash) : lineage).after(decision);
    }

    private void remember(CheckpointDecision decision) {
        decisions.add(decision);
        if (decisions.size() > added.size() + 2 * kept) {
            decisions.remove(oldestThatIsNoVersion());
        }
    }

    private int oldestThatIsNoVersion() {
        for (int i = 0; i < decisions.size(); i++) {
            if (!(decisions.get(i) instanceof CheckpointDecision.VersionAdded)) {
                return i;
            }
        }
        throw new IllegalStateException("more decisions than versions, yet all add versions");
    }

    public String name() {
        return name;
    }

    /** The snapshot of a version, if one was taken; of several versions' the older ones may have been collected. */
    public Optional<SnapshotTaken> snapshot(String weightsHash) {
        return Optional.ofNullable(snapshots.get(weightsHash));
    }

    /** The tree of versions; empty while nothing was released or rolled back. */
    public Optional<Lineage> tree() {
        return Optional.ofNullable(lineage);
    }

    /** Version of the head, 0 for the base model. */
    public long head() {
        return lineage == null ? 0 : lineage.version();
    }

    public boolean has(long version) {
        return version == 0 || (lineage != null && lineage.has(version));
    }

    /** Every version but the base model, by number. */
    public List<CheckpointDecision.VersionAdded> versions() {
        return lineage == null ? List.of() : lineage.versions();
    }

    public Optional<CheckpointDecision.VersionAdded> version(long number) {
        return versions().stream().filter(one -> one.version() == number).findFirst();
    }

    /** Where the archive search goes on; empty where policy training follows the head. */
    public OptionalLong chosenParent() {
        return lineage != null && lineage.isSearching() ? OptionalLong.of(lineage.nextParent()) : OptionalLong.empty();
    }

    /** What the gate decided, the oldest first; where a search went on is no decision on anything. */
    public List<CheckpointDecision> decisions() {
        return List.copyOf(decisions);
    }

    /** Every candidate that is remembered: those proposed first, then those known from decisions alone. */
    public List<CandidateHistory> candidates() {
        Set<String> ids = new LinkedHashSet<>(proposed.keySet());
        ids.addAll(added.keySet());
        ids.addAll(rejected.keySet());
        ids.addAll(held.keySet());
        ids.addAll(measured.keySet());
        return ids.stream().map(id -> candidate(id).orElseThrow()).toList();
    }

    /** Candidates that wait for a person, the one that waits longest first. */
    public List<CandidateHistory> waiting() {
        return held.keySet().stream()
                .map(id -> candidate(id).orElseThrow())
                .filter(one -> one.standing() == CandidateHistory.Standing.HELD)
                .toList();
    }

    public Optional<CandidateHistory> candidate(String id) {
        var wait = held.get(id);
        var measurement = measured.get(id);
        CheckpointDecision end = added.containsKey(id) ? added.get(id) : rejected.get(id);
        CandidateProposed candidate = proposed.get(id);
        if (end != null) {
            candidate = end.candidate();
        } else if (wait != null) {
            candidate = wait.candidate();
        } else if (measurement != null) {
            candidate = measurement.candidate();
        }
        return candidate == null
                ? Optional.empty()
                : Optional.of(new CandidateHistory(candidate, measurement, wait, end));
    }

    /** For whoever reads a topic again from its beginning, here and below. */
    public void forgetProposals() {
        proposed.clear();
    }

    public void forgetMeasurements() {
        measured.clear();
    }

    public void forgetDecisions() {
        held.clear();
        rejected.clear();
        added.clear();
        decisions.clear();
        lineage = null;
    }

    /** Forgets the oldest entry when there is one too many. */
    private static final class Newest<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1;

        private final int max;

        Newest(int max) {
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > max;
        }
    }
}
