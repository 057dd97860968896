package dev.sealstream.devstack.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sealstream.devstack.DevStack;
import dev.sealstream.devstack.DevStackConfig;
import dev.sealstream.devstack.demo.Demo;
import dev.sealstream.devstack.demo.DemoReport;
import dev.sealstream.devstack.demo.DemoSettings;
import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.events.KafkaEventLink;
import dev.sealstream.devstack.events.StackConnection;
import dev.sealstream.domain.NewData;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs the whole loop on the documents that ship and shows what it was worth. */
@Command(
        name = "demo",
        description = "Start the stack, let the tiny model learn from the sample documents for two rounds, and print"
                + " what it was worth. About 10 minutes on two cores; state and logs in .seal/demo.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--exit", description = "Stop after the table instead of keeping the console up.")
    private boolean exit;

    @Option(names = "--json", paramLabel = "FILE", description = "Write table, rewards and decisions to a file.")
    private Path json;

    @Option(names = "--rounds", description = "Rounds of learning; default: ${DEFAULT-VALUE}.")
    private int rounds = 2;

    @Option(names = "--passages", description = "Training documents of each round; default: ${DEFAULT-VALUE}.")
    private int passages = 50;

    @Option(names = "--benchmark", description = "Held-out documents to measure on; default: ${DEFAULT-VALUE}.")
    private int benchmark = 64;

    @Option(names = "--seed", description = "Which documents are drawn; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private StackOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        DemoSettings settings = settings();
        Terminal terminal = Terminal.standard();
        DevStackConfig config = options.config("demo")
                .withFreshState(true)
                .with("seal.policy-trainer.round-size", Integer.toString(settings.passages()));
        List<NewData> heldOut = newData(TinyWorldDocuments.benchmark(seed, settings.benchmark()));
        List<NewData> training = newData(TinyWorldDocuments.training(seed, settings.rounds() * settings.passages()));
        JsonFile.requireWritable(json);

        terminal.line("Starting the stack");
        try (DevStack stack = DevStack.start(config, new StartLines(terminal))) {
            terminal.line("");
            terminal.line("Watch it live: " + terminal.bold(stack.consoleUrl().toString()));
            DemoLines lines = new DemoLines(terminal);
            DemoReport report;
            try (EventLink link = KafkaEventLink.following(StackConnection.open(stack.addresses()))) {
                report = new Demo(settings, link, stack::checkAlive, lines, System::nanoTime).run(heldOut, training);
            }
            lines.report(report);
            write(report);
            if (!exit) {
                AddressLines.print(stack, terminal);
                StayUp.untilCtrlC(stack, terminal);
            }
        }
        return 0;
    }

    private DemoSettings settings() {
        try {
            return new DemoSettings(rounds, passages, benchmark, seed);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), refused.getMessage());
        }
    }

    private static List<NewData> newData(List<TinyWorldDocument> documents) {
        return documents.stream().map(TinyWorldDocument::newData).toList();
    }

    private void write(DemoReport report) throws IOException {
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report.asMap());
        }
    }
}
