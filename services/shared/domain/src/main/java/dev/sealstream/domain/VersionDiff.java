package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from one version of a lineage to another.
 *
 * @param common the newest version that both hold
 * @param without decisions whose deltas the second version does not have, oldest first
 * @param with decisions whose deltas only the second version has, oldest first
 */
public record VersionDiff(
        long common, List<CheckpointDecision.VersionAdded> without, List<CheckpointDecision.VersionAdded> with) {
    public VersionDiff {
        without = List.copyOf(without);
        with = List.copyOf(with);
    }

    /** @throws IllegalArgumentException if the lineage does not have one of them */
    public static VersionDiff between(Lineage lineage, long first, long second) {
        var one = lineage.chain(first);
        var other = lineage.chain(second);
        int shared = 0;
        while (shared < one.size()
                && shared < other.size()
                && one.get(shared).version() == other.get(shared).version()) {
            shared++;
        }
        long common = shared == 0 ? 0 : one.get(shared - 1).version();
        return new VersionDiff(common, one.subList(shared, one.size()), other.subList(shared, other.size()));
    }

    /** What only the second version has learnt for good, oldest first. */
    public List<Lesson> learnt() {
        return lessons(with);
    }

    /** What only the first version has learnt for good, oldest first. */
    public List<Lesson> unlearnt() {
        return lessons(without);
    }

    private static List<Lesson> lessons(List<CheckpointDecision.VersionAdded> versions) {
        var lessons = new ArrayList<Lesson>();
        for (var version : versions) {
            if (version.candidate().lesson() != null) {
                lessons.add(version.candidate().lesson());
            }
        }
        return lessons;
    }
}
