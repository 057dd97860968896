package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.events.KafkaEventLink;
import dev.sealstream.devstack.events.UnreadableRecord;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.RewardAssigned;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Prints rewards and checkpoints as they come. */
@Command(
        name = "watch",
        description = "Print rewards and checkpoint decisions of a running stack as they come, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    @Option(names = "--from-beginning", description = "Begin with the oldest event instead of the next one.")
    private boolean fromBeginning;

    @Mixin
    private StackChoice stack;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.standard();
        try (EventLink link = KafkaEventLink.watching(stack.connection(), fromBeginning)) {
            while (true) {
                for (Object event : link.poll(Duration.ofSeconds(1))) {
                    terminal.line(line(event, terminal));
                }
            }
        }
    }

    static String line(Object event, Terminal terminal) {
        if (event instanceof RewardAssigned reward) {
            return reward.reward() == null
                    ? String.format("no reward  %s: %s, %s", reward.selfEditId(), reward.ending(), reward.reason())
                    : String.format(
                            "reward %.3f  advantage %+.3f  %s%s%s",
                            reward.reward(),
                            reward.advantage(),
                            reward.selfEditId(),
                            reward.labelFree() ? "  (on the model's own questions)" : "",
                            reward.selected() ? "  " + terminal.green("selected") : "");
        }
        if (event instanceof CheckpointDecision.Released released) {
            return terminal.bold("released version " + released.version()) + " of " + released.lineage() + ": "
                    + released.reason();
        }
        if (event instanceof CheckpointDecision.Archived archived) {
            return terminal.bold("archived version " + archived.version()) + " of " + archived.lineage() + ": "
                    + archived.reason();
        }
        if (event instanceof CheckpointDecision.ParentChosen choice) {
            return String.format(
                    "policy training of %s goes on from version %d (probability %.2f)",
                    choice.lineage(), choice.version(), choice.probability());
        }
        if (event instanceof CheckpointDecision.Rejected rejected) {
            return terminal.bold("rejected " + rejected.candidate().candidateId()) + ": " + rejected.reason();
        }
        if (event instanceof CheckpointDecision.Held held) {
            return terminal.bold("held " + held.candidate().candidateId()) + ": a person has to decide"
                    + held.alarms().stream()
                            .map(alarm -> "; " + alarm.finding())
                            .collect(Collectors.joining());
        }
        if (event instanceof CheckpointDecision.RolledBack back) {
            return terminal.bold("moved the head of " + back.lineage() + " to version " + back.toVersion()) + " by "
                    + back.by() + ": " + back.reason();
        }
        if (event instanceof UnreadableRecord record) {
            return terminal.red("unreadable record") + " on " + record.topic() + ", partition " + record.partition()
                    + ", offset " + record.offset() + ": " + record.reason();
        }
        throw new IllegalArgumentException("not a reward or a decision: " + event);
    }
}
