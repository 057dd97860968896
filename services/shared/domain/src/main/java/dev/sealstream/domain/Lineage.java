package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Everything one lineage has released, as a tree of versions, and which of them is the head: a fold over the gate's
 * decisions.
 *
 * <p>Version 0 is the base model. A release hangs on the version it adds its delta to, so the weights of a version are the
 * base weights plus the deltas on the way to it ({@link #chain}). Rolling back moves the head and deletes nothing;
 * version numbers are never used twice, so ids that hold one mean the same weights for ever. Immutable.
 */
public final class Lineage {
    private final String name;
    private final String baseWeightsHash;
    private final Map<Long, CheckpointDecision.Released> releases;
    private final long head;

    private Lineage(String name, String baseWeightsHash, Map<Long, CheckpointDecision.Released> releases, long head) {
        this.name = Require.nonBlank("lineage", name);
        this.baseWeightsHash = Require.nonBlank("baseWeightsHash", baseWeightsHash);
        this.releases = Collections.unmodifiableMap(releases);
        this.head = head;
    }

    public static Lineage base(String name, String baseWeightsHash) {
        return new Lineage(name, baseWeightsHash, new TreeMap<>(), 0);
    }

    public Lineage after(CheckpointDecision decision) {
        return after(List.of(decision));
    }

    /**
     * The lineage after further decisions, oldest first; those of other lineages change nothing.
     *
     * @throws IllegalStateException if a release does not hang on weights this lineage has, or a roll-back names a version
     *     it never released
     */
    public Lineage after(List<CheckpointDecision> decisions) {
        var all = new TreeMap<>(releases);
        long newHead = head;
        for (var decision : decisions) {
            if (!decision.lineage().equals(name)) {
                continue;
            }
            if (decision instanceof CheckpointDecision.Released released && !all.containsKey(released.version())) {
                requireParent(all, released);
                all.put(released.version(), released);
                newHead = released.version();
            } else if (decision instanceof CheckpointDecision.RolledBack rolledBack) {
                requireKnown(all, rolledBack);
                newHead = rolledBack.toVersion();
            }
        }
        return new Lineage(name, baseWeightsHash, all, newHead);
    }

    public String name() {
        return name;
    }

    /** Version of the head, 0 for the base model. */
    public long version() {
        return head;
    }

    /** Hash chain up to the head. */
    public String weightsHash() {
        return weightsHash(head);
    }

    /** @throws IllegalArgumentException if the lineage never released that version */
    public String weightsHash(long version) {
        return hash(releases, baseWeightsHash, require(version));
    }

    /** Whether the version is 0 or was ever released, also where the head no longer stands on it. */
    public boolean has(long version) {
        return version == 0 || releases.containsKey(version);
    }

    /** The number a next release gets: no number is used twice. */
    public long nextVersion() {
        return releases.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
    }

    /** The releases whose deltas add up to the version, oldest first. */
    public List<CheckpointDecision.Released> chain(long version) {
        var chain = new ArrayList<CheckpointDecision.Released>();
        for (long at = require(version); at > 0; at = releases.get(at).parentVersion()) {
            chain.add(releases.get(at));
        }
        Collections.reverse(chain);
        return List.copyOf(chain);
    }

    /** Every release there ever was, by version. */
    public List<CheckpointDecision.Released> releases() {
        return List.copyOf(releases.values());
    }

    /** What the version has learnt for good, oldest first. */
    public List<Lesson> lessons(long version) {
        return chain(version).stream()
                .map(release -> release.candidate().lesson())
                .filter(lesson -> lesson != null)
                .toList();
    }

    /** Accuracy on each datum right after the version's chain learnt it, by id; the latest where it was learnt again. */
    public Map<String, Double> learnt(long version) {
        var learnt = new TreeMap<String, Double>();
        chain(version).stream()
                .flatMap(release -> release.evidence().knowledge().stream())
                .filter(change -> !change.earlier())
                .forEach(change -> learnt.put(change.dataId(), change.after()));
        return learnt;
    }

    /** How many releases the head is ahead of a version; empty where the head does not stand on it, as after a roll-back. */
    public OptionalLong staleness(long version) {
        long releasesSince = 0;
        for (long at = head; at > version; at = releases.get(at).parentVersion()) {
            releasesSince++;
            if (releases.get(at).parentVersion() == version) {
                return OptionalLong.of(releasesSince);
            }
        }
        return head == version ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private long require(long version) {
        if (!has(version)) {
            throw new IllegalArgumentException("lineage " + name + " has no version " + version + "; it has 0 to "
                    + (nextVersion() - 1) + ", of which " + releases.keySet() + " were released");
        }
        return version;
    }

    private void requireParent(Map<Long, CheckpointDecision.Released> known, CheckpointDecision.Released released) {
        long parent = released.parentVersion();
        boolean hangs = (parent == 0 || known.containsKey(parent))
                && released.parentWeightsHash().equals(hash(known, baseWeightsHash, parent));
        if (!hangs) {
            throw new IllegalStateException("lineage " + name + ": release " + released.version() + " on version "
                    + parent + " with weights " + released.parentWeightsHash()
                    + " does not hang on a version of this lineage, whose base has weights " + baseWeightsHash
                    + "; the base model or the checkpoint log is not the one this lineage began with");
        }
    }

    private void requireKnown(Map<Long, CheckpointDecision.Released> known, CheckpointDecision.RolledBack rolledBack) {
        long version = rolledBack.toVersion();
        if (version != 0 && !known.containsKey(version)) {
            throw new IllegalStateException("lineage " + name + " cannot move its head to version " + version
                    + "; allowed: 0 or one of " + known.keySet());
        }
    }

    private static String hash(Map<Long, CheckpointDecision.Released> known, String baseWeightsHash, long version) {
        return version == 0 ? baseWeightsHash : known.get(version).weightsHash();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lineage that
                && name.equals(that.name)
                && baseWeightsHash.equals(that.baseWeightsHash)
                && releases.equals(that.releases)
                && head == that.head;
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Long.hashCode(head);
    }

    @Override
    public String toString() {
        return "lineage " + name + " with head " + head + " of releases " + releases.keySet();
    }
}
