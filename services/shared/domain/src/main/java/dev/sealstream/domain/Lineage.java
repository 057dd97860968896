package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Everything one lineage has released or archived, as a tree of versions, and which of them is the head: a fold over the
 * gate's decisions.
 *
 * <p>Version 0 is the base model. A version hangs on the one it adds its delta to, so its weights are the base weights plus
 * the deltas on the way to it ({@link #chain}). Rolling back moves the head and deletes nothing; version numbers are
 * never used twice, so ids that hold one mean the same weights for ever. Immutable.
 */
public final class Lineage {
    private final String name;
    private final String baseWeightsHash;
    private final Map<Long, CheckpointDecision.VersionAdded> versions;
    private final long head;

    /** Where the archive search goes on; null where policy training follows the head. */
    private final Long chosenParent;

    private Lineage(
            String name,
            String baseWeightsHash,
            Map<Long, CheckpointDecision.VersionAdded> versions,
            long head,
            Long chosenParent) {
        this.name = Require.nonBlank("lineage", name);
        this.baseWeightsHash = Require.nonBlank("baseWeightsHash", baseWeightsHash);
        this.versions = Collections.unmodifiableMap(versions);
        this.head = head;
        this.chosenParent = chosenParent;
    }

    public static Lineage base(String name, String baseWeightsHash) {
        return new Lineage(name, baseWeightsHash, new TreeMap<>(), 0, null);
    }

    public Lineage after(CheckpointDecision decision) {
        return after(List.of(decision));
    }

    /**
     * The lineage after further decisions, oldest first; those of other lineages change nothing.
     *
     * @throws IllegalStateException if a version does not hang on weights this lineage has, or a roll-back or a choice names a
     *     version it does not have
     */
    public Lineage after(List<CheckpointDecision> decisions) {
        var all = new TreeMap<>(versions);
        long newHead = head;
        Long parent = chosenParent;
        for (var decision : decisions) {
            if (!decision.lineage().equals(name)) {
                continue;
            }
            if (endsRound(decision)) {
                parent = null;
            }
            if (decision instanceof CheckpointDecision.VersionAdded added && !all.containsKey(added.version())) {
                requireParent(all, added);
                all.put(added.version(), added);
                newHead = added instanceof CheckpointDecision.Released ? added.version() : newHead;
            } else if (decision instanceof CheckpointDecision.RolledBack rolledBack) {
                newHead = requireKnown(all, rolledBack.toVersion(), "move its head to");
            } else if (decision instanceof CheckpointDecision.ParentChosen choice) {
                parent = requireKnown(all, choice.version(), "go on from");
            }
        }
        return new Lineage(name, baseWeightsHash, all, newHead, parent);
    }

    /** Once a policy candidate is decided, the search chooses anew; a candidate that waits for a person ends nothing. */
    private static boolean endsRound(CheckpointDecision decision) {
        return decision.candidate() != null
                && decision.candidate().kind() == CandidateProposed.Kind.POLICY
                && !(decision instanceof CheckpointDecision.Held);
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

    /** @throws IllegalArgumentException if the lineage does not have that version */
    public String weightsHash(long version) {
        return hash(versions, baseWeightsHash, require(version));
    }

    /** Whether the version is 0 or was ever released or archived, also where the head no longer stands on it. */
    public boolean has(long version) {
        return version == 0 || versions.containsKey(version);
    }

    /** The number a next version gets: no number is used twice. */
    public long nextVersion() {
        return versions.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
    }

    /** The decisions whose deltas add up to the version, oldest first. */
    public List<CheckpointDecision.VersionAdded> chain(long version) {
        var chain = new ArrayList<CheckpointDecision.VersionAdded>();
        for (long at = require(version); at > 0; at = versions.get(at).parentVersion()) {
            chain.add(versions.get(at));
        }
        Collections.reverse(chain);
        return List.copyOf(chain);
    }

    /** Every version but the base model, by number. */
    public List<CheckpointDecision.VersionAdded> versions() {
        return List.copyOf(versions.values());
    }

    /** Every version that ever served, by number. */
    public List<CheckpointDecision.Released> releases() {
        return versions.values().stream()
                .filter(CheckpointDecision.Released.class::isInstance)
                .map(CheckpointDecision.Released.class::cast)
                .toList();
    }

    /** The version that the next round of policy training starts from: the head, or what the archive search chose. */
    public long nextParent() {
        return chosenParent == null ? head : chosenParent;
    }

    /** Whether an archive search chose where policy training goes on. */
    public boolean isSearching() {
        return chosenParent != null;
    }

    /**
     * The version that a candidate's delta is to be added to. That is the head, since what is released serves with all that
     * was learnt meanwhile; but a policy that the archive search branched off elsewhere stands on its own parent.
     */
    public long foundation(CandidateProposed candidate) {
        boolean branch = chosenParent != null
                && candidate.kind() == CandidateProposed.Kind.POLICY
                && candidate.parentVersion() == chosenParent
                && candidate.parentWeightsHash().equals(weightsHash(chosenParent))
                && !addsOnlyLessons(chosenParent);
        return branch ? candidate.parentVersion() : head;
    }

    /** Whether the head is the version itself with lessons on top. */
    private boolean addsOnlyLessons(long version) {
        long at = head;
        while (at > version && versions.get(at).candidate().lesson() != null) {
            at = versions.get(at).parentVersion();
        }
        return at == version;
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

    /** How many versions the head is ahead of a version; empty where the head does not stand on it, as after a roll-back. */
    public OptionalLong staleness(long version) {
        long versionsSince = 0;
        for (long at = head; at > version; at = versions.get(at).parentVersion()) {
            versionsSince++;
            if (versions.get(at).parentVersion() == version) {
                return OptionalLong.of(versionsSince);
            }
        }
        return head == version ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /** The same for what is to teach the policy: an archive search goes on from the one version it chose. */
    public OptionalLong policyStaleness(long version) {
        if (chosenParent == null) {
            return staleness(version);
        }
        return version == chosenParent ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private long require(long version) {
        if (!has(version)) {
            throw new IllegalArgumentException("lineage " + name + " has no version " + version + "; it has 0 to "
                    + (nextVersion() - 1) + ", of which the gate added " + versions.keySet());
        }
        return version;
    }

    private void requireParent(
            Map<Long, CheckpointDecision.VersionAdded> known, CheckpointDecision.VersionAdded added) {
        long parent = added.parentVersion();
        boolean hangs = (parent == 0 || known.containsKey(parent))
                && added.parentWeightsHash().equals(hash(known, baseWeightsHash, parent));
        if (!hangs) {
            throw new IllegalStateException("lineage " + name + ": version " + added.version() + " on version " + parent
                    + " with weights " + added.parentWeightsHash()
                    + " does not hang on a version of this lineage, whose base has weights " + baseWeightsHash
                    + "; the base model or the checkpoint log is not the one this lineage began with");
        }
    }

    private long requireKnown(Map<Long, CheckpointDecision.VersionAdded> known, long version, String toDo) {
        if (version != 0 && !known.containsKey(version)) {
            throw new IllegalStateException("lineage " + name + " cannot " + toDo + " version " + version
                    + "; allowed: 0 or one of " + known.keySet());
        }
        return version;
    }

    private static String hash(Map<Long, CheckpointDecision.VersionAdded> known, String baseWeightsHash, long version) {
        return version == 0 ? baseWeightsHash : known.get(version).weightsHash();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lineage that
                && name.equals(that.name)
                && baseWeightsHash.equals(that.baseWeightsHash)
                && versions.equals(that.versions)
                && head == that.head
                && Objects.equals(chosenParent, that.chosenParent);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Long.hashCode(head);
    }

    @Override
    public String toString() {
        return "lineage " + name + " with head " + head + " of versions " + versions.keySet();
    }
}
