package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.events.KafkaEventLink;
import dev.sealstream.devstack.squad.SquadFile;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Sends documents to a running stack. */
@Command(
        name = "send",
        description = "Send the documents of a JSON file to a running stack: a list of {title, context, questions:"
                + " [{question, answer}]}. With --mode ADAPT the questions may be missing: the model then asks itself.",
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE.json", description = "Documents in SQuAD's layout, as SEAL publishes them.")
    private Path file;

    @Option(
            names = "--mode",
            description = "What the documents are for: TRAIN teaches the policy, ADAPT is learnt for good, BENCHMARK is"
                    + " held out for the gate, MEASURE is held out and rewarded; default: ${DEFAULT-VALUE}.")
    private DataMode mode = DataMode.TRAIN;

    @Option(names = "--lineage", description = "Line of checkpoints they belong to; default: ${DEFAULT-VALUE}.")
    private String lineage = NewData.MAIN_LINEAGE;

    @Mixin
    private StackChoice stack;

    @Override
    public Integer call() throws InterruptedException {
        List<NewData> documents = SquadFile.read(file, mode, lineage);
        try (EventLink link = KafkaEventLink.sending(stack.connection())) {
            link.send(documents);
        }
        Terminal.standard()
                .line(
                        "sent %d document%s as %s; ./seal watch follows their rewards",
                        documents.size(), documents.size() == 1 ? "" : "s", mode);
        return 0;
    }
}
