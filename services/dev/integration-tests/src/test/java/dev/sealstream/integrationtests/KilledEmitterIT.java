package dev.sealstream.integrationtests;

import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A reward emitter that dies in the middle of a group loses nothing and emits nothing twice. */
class KilledEmitterIT {
    @Test
    void emitterKilledInTheMiddleSelectsTheSame(@TempDir Path state) {
        var round = GoldenReplay.roundsOrSkip().get(0);
        try (var stack = TestStack.start(state, Map.of(), "reward-emitter")) {
            // Given: a cut inside a group, so that some of its members are only in the emitter's state
            var outcomes = round.outcomes(round.name());
            int cut = outcomes.size() / 2 + 1;
            stack.send(Topics.OUTCOMES, outcomes.subList(0, cut));
            stack.readUntil(Topics.EXPERIENCES, Duration.ofMinutes(1), groups -> !groups.isEmpty());

            // When
            stack.processes().service("reward-emitter").kill9();
            stack.send(Topics.OUTCOMES, outcomes.subList(cut, outcomes.size()));
            stack.processes().service("reward-emitter").start();

            // Then
            assertThat(GoldenReplay.selected(stack, round)).isEqualTo(round.selected());
            GoldenReplay.assertRewards(stack, round, outcomes);
        }
    }
}
