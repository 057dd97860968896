package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.events.KafkaEventLink;
import dev.sealstream.devstack.lineage.LineageClient;
import dev.sealstream.domain.NewData;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.function.Function;

/** Options of commands about one lineage of a running stack. */
final class LineageChoice {

    @Option(names = "--lineage", description = "Line of checkpoints; default: ${DEFAULT-VALUE}.")
    private String lineage = NewData.MAIN_LINEAGE;

    @Mixin
    private StackChoice stack;

    /** Reads the lineage and hands it to the work, during which the stack stays connected. */
    <T> T read(Function<LineageClient, T> work) throws InterruptedException {
        try (var link = KafkaEventLink.replaying(stack.connection(), LineageClient.TOPICS, LineageClient.REFUSALS)) {
            return work.apply(LineageClient.open(link, lineage, System::nanoTime));
        }
    }
}
