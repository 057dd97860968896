package dev.sealstream.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The groups one outer-loop step learns from, in an order that does not depend on when they arrived: by group id.
 *
 * @param groups of one lineage, at least one
 */
public record TrainingRound(List<RolloutGroupCompleted> groups) {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("\\W+", Pattern.UNICODE_CHARACTER_CLASS);

    public TrainingRound {
        groups = Require.nonEmpty("groups", groups).stream()
                .sorted(Comparator.comparing(RolloutGroupCompleted::rolloutGroupId))
                .toList();
    }

    /** ReST-EM's training pairs: for each group the prompt and the selected completion. */
    public List<PolicyExample> selected() {
        return groups.stream()
                .flatMap(group -> group.selected().stream().map(member -> new PolicyExample(group.prompt(), member)))
                .toList();
    }

    public List<String> groupIds() {
        return groups.stream().map(RolloutGroupCompleted::rolloutGroupId).toList();
    }

    /** Hex SHA-256 over the ids, so that the same round always has the same name. */
    public String hash() {
        return Sha256.hex(groupIds().stream().collect(Collectors.joining("\n")));
    }

    /** Mean reward over all rewarded members; 0 when there are none. */
    public double meanReward() {
        return groups.stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> member.reward() != null)
                .mapToDouble(GroupMember::reward)
                .average()
                .orElse(0.0);
    }

    /**
     * How unlike each other the self-edits of one document are, 0 (alike) to 1, mean over the groups: 1 minus the Jaccard index
     * of two completions' sets of words, mean over all pairs of a group. 0 when no group has a pair.
     */
    public double diversity() {
        return groups.stream()
                .filter(group -> group.members().size() > 1)
                .mapToDouble(group -> diversity(group.members().stream()
                        .map(member -> words(member.selfEdit().completion()))
                        .toList()))
                .average()
                .orElse(0.0);
    }

    private static double diversity(List<Set<String>> texts) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += 1 - jaccard(texts.get(i), texts.get(j));
                pairs++;
            }
        }
        return sum / pairs;
    }

    private static double jaccard(Set<String> one, Set<String> other) {
        long common = one.stream().filter(other::contains).count();
        long all = one.size() + other.size() - common;
        return all == 0 ? 1.0 : (double) common / all;
    }

    private static Set<String> words(String text) {
        return BETWEEN_WORDS
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
