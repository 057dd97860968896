package dev.sealstream.domain;

import dev.sealstream.domain.RewardAssigned.Ending;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RolloutGroupTest {
    private static final String GROUP = "data@0";

    @Test
    void rewardIsTheMeanOverTheRepeatsAndAdvantageCentresOnTheGroup() {
        var rewards = group(
                        scored(0, 0.25, Examples.answers(true, false), Examples.answers(true, true)),
                        scored(1, 0.25, Examples.answers(false, false), Examples.answers(true, false)))
                .rewards();

        assertThat(rewards).extracting(RewardAssigned::reward).containsExactly(0.75, 0.25);
        assertThat(rewards).extracting(RewardAssigned::advantage).containsExactly(0.25, -0.25);
        assertThat(rewards).extracting(RewardAssigned::selected).containsExactly(true, false);
        assertThat(rewards.get(0).components()).isEqualTo(Map.of("accuracy", 0.75, "gain", 0.5));
        assertThat(rewards).extracting(RewardAssigned::selfEditId).containsExactly("data@0#0", "data@0#1");
    }

    /** Deviations ±0.25 in each of two edits: variance 0.25 / 2 with 2 degrees of freedom; t is 4.3027. */
    @Test
    void rewardsHaveTheConfidenceIntervalOfTheGroupsPooledNoise() {
        var rewards = group(
                        scored(0, null, Examples.answers(true, false), Examples.answers(true, true)),
                        scored(1, null, Examples.answers(false, false), Examples.answers(true, false)))
                .rewards();

        var interval = rewards.get(1).interval();
        assertThat(interval.degreesOfFreedom()).isEqualTo(2);
        assertThat(interval.standardError()).isCloseTo(Math.sqrt(0.125 / 2), within(1e-12));
        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isEqualTo(1);
        assertThat(rewards.get(0).interval().standardError()).isEqualTo(interval.standardError());
    }

    @Test
    void withOneRepeatEachNobodyKnowsHowSureARewardIs() {
        var rewards = group(scored(0, null, Examples.answers(true)), ended(1, new Outcome.Invalid("empty")))
                .rewards();

        assertThat(rewards).extracting(RewardAssigned::interval).containsOnlyNulls();
    }

    @Test
    void firstOfEqualsIsSelectedWhateverTheArrival() {
        var late = scored(1, null, Examples.answers(true));
        var early = scored(0, null, Examples.answers(true));

        assertThat(group(late, early).best().orElseThrow().selfEdit().index()).isZero();
        assertThat(group(late, early).rewards())
                .extracting(RewardAssigned::selected)
                .containsExactly(true, false);
    }

    @Test
    void invalidEditsCountAsZeroAndAreNeverSelected() {
        var group = group(ended(0, new Outcome.Invalid("empty")), scored(1, null, Examples.answers(false)));

        assertThat(group.rewards()).extracting(RewardAssigned::reward).containsExactly(0.0, 0.0);
        assertThat(group.rewards()).extracting(RewardAssigned::selected).containsExactly(false, true);
        assertThat(group.rewards()).extracting(RewardAssigned::ending).containsExactly(Ending.INVALID, Ending.SCORED);
    }

    @Test
    void failuresAndCancellationsEarnNothingAndLeaveTheMeanAlone() {
        var group = group(
                scored(0, null, Examples.answers(true)),
                ended(1, new Outcome.Failed("out of memory")),
                scored(2, null, Examples.answers(false)),
                ended(3, new Outcome.Cancelled("stale")));

        var rewards = group.rewards();
        assertThat(rewards).extracting(RewardAssigned::reward).containsExactly(1.0, null, 0.0, null);
        assertThat(rewards).extracting(RewardAssigned::advantage).containsExactly(0.5, null, -0.5, null);
        assertThat(rewards).extracting(RewardAssigned::reason).containsExactly("", "out of memory", "", "stale");
        assertThat(rewards.get(1).components()).isEmpty();
    }

    @Test
    void groupWithoutAnyScoredMemberSelectsNothing() {
        var group = group(ended(0, new Outcome.Failed("x")), ended(1, new Outcome.Cancelled("y")));

        assertThat(group.best()).isEmpty();
        assertThat(group.completed().selected()).isEmpty();
    }

    @Test
    void experienceHoldsEveryMemberByIndex() {
        var completed = group(scored(1, null, Examples.answers(true)), scored(0, null, Examples.answers(false)))
                .completed();

        assertThat(completed.members())
                .extracting(member -> member.selfEdit().index())
                .containsExactly(0, 1);
        assertThat(completed.selected().orElseThrow().selfEdit().index()).isEqualTo(1);
        assertThat(completed.members().get(1).advantage()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void incompleteGroupIsRefused() {
        var one = Examples.ended(GROUP, 2, 0, null, new Outcome.Failed("x"));

        assertThatThrownBy(() -> new RolloutGroup(List.of(one)))
                .hasMessageContaining(GROUP)
                .hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> new RolloutGroup(List.of(one, one))).hasMessageContaining("once");
    }

    @Test
    void memberOutsideItsGroupIsRefused() {
        assertThatThrownBy(() -> Examples.ended(GROUP, 2, 2, null, new Outcome.Failed("x")))
                .hasMessageContaining("data@0#2")
                .hasMessageContaining("0 to 1");
    }

    private static RolloutGroup group(Ended... members) {
        return new RolloutGroup(Stream.of(members)
                .map(member -> Examples.ended(GROUP, members.length, member.index, member.baseline, member.outcome))
                .toList());
    }

    @SafeVarargs
    private static Ended scored(int index, Double baseline, List<GradedAnswer>... repeats) {
        return new Ended(index, baseline, Examples.scored(Ids.selfEdit(GROUP, index), repeats));
    }

    private static Ended ended(int index, Outcome outcome) {
        return new Ended(index, null, outcome);
    }

    /** A member before its group's size is known. */
    private record Ended(int index, Double baseline, Outcome outcome) {}
}
