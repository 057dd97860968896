package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingRoundTest {
    @Test
    void orderAndNameDoNotDependOnArrival() {
        var a = completed("a@0", Examples.scored("a@0#0", Examples.answers(true)));
        var b = completed("b@0", Examples.scored("b@0#0", Examples.answers(false)));
        var forward = new TrainingRound(List.of(a, b));
        var backward = new TrainingRound(List.of(b, a));

        assertThat(backward.groupIds()).containsExactly("a@0", "b@0");
        assertThat(backward.hash()).isEqualTo(forward.hash());
        assertThat(backward.selected())
                .extracting(example -> example.member().selfEdit().selfEditId())
                .containsExactly("a@0#0", "b@0#0");
        assertThat(backward.meanReward()).isEqualTo(0.5);
    }

    @Test
    void groupsThatEarnedNothingTeachNothing() {
        var round = new TrainingRound(List.of(completed("a@0", new Outcome.Failed("out of memory"))));

        assertThat(round.selected()).isEmpty();
        assertThat(round.meanReward()).isZero();
    }

    private static RolloutGroupCompleted completed(String groupId, Outcome outcome) {
        return new RolloutGroup(List.of(Examples.ended(groupId, 1, 0, null, outcome))).completed();
    }
}
