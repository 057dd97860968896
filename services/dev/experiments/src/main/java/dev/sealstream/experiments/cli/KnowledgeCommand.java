package dev.sealstream.experiments.cli;

import dev.sealstream.devstack.Bfloat16;
import dev.sealstream.devstack.DevStack;
import dev.sealstream.devstack.DevStackConfig;
import dev.sealstream.devstack.cli.JsonFile;
import dev.sealstream.devstack.cli.Seal;
import dev.sealstream.devstack.cli.StartLines;
import dev.sealstream.devstack.cli.Terminal;
import dev.sealstream.devstack.events.KafkaEventLink;
import dev.sealstream.devstack.events.StackConnection;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.experiments.knowledge.ExperimentDocuments;
import dev.sealstream.experiments.knowledge.KnowledgeExperiment;
import dev.sealstream.experiments.knowledge.KnowledgeFindings;
import dev.sealstream.experiments.knowledge.KnowledgeSettings;
import dev.sealstream.experiments.knowledge.SquadSource;
import dev.sealstream.experiments.knowledge.SquadSplit;
import dev.sealstream.experiments.knowledge.TinyWorldSource;
import dev.sealstream.experiments.report.KnowledgeReport;
import dev.sealstream.experiments.report.ReportPage;
import dev.sealstream.experiments.run.CodeVersion;
import dev.sealstream.experiments.run.Configuration;
import dev.sealstream.experiments.run.RunFolder;
import dev.sealstream.tinyworld.TinyModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Knowledge incorporation: what the policy's self-edits teach, before and after it learns. */
@Command(
        name = "knowledge",
        description =
                "Measure what the policy's self-edits teach about documents it never saw, before and after rounds of"
                        + " ReST-EM, against the passage alone and against what selection could reach. Killed, it goes on where"
                        + " it stopped when run again. A quarter of an hour on two cores.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class KnowledgeCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Base model, a Hugging Face directory; default: the tiny model that ships.")
    private Path model;

    @Option(
            names = "--data",
            paramLabel = "SQUAD.json",
            description = "Documents with questions, split by the seed; default: the tiny world.")
    private Path data;

    @Option(names = "--rounds", description = "Rounds of ReST-EM; default: ${DEFAULT-VALUE}.")
    private int rounds = KnowledgeSettings.ROUNDS;

    @Option(
            names = "--passages",
            description = "Training documents of each round; default: " + KnowledgeSettings.PASSAGES + ".")
    private Integer passages;

    @Option(names = "--edits", description = "Self-edits for each document; default: ${DEFAULT-VALUE}.")
    private int edits = KnowledgeSettings.EDITS;

    @Option(
            names = "--repeats",
            description =
                    "Adapters for each self-edit of a training document, exactly; default: as many as it takes to rank"
                            + " the group, about three.")
    private int repeats;

    @Option(names = "--eval", description = "Held-out documents; default: " + KnowledgeSettings.HELD_OUT + ".")
    private Integer heldOut;

    @Option(names = "--gate", description = "Documents the gate decides on; default: " + KnowledgeSettings.GATE + ".")
    private Integer gate;

    @Option(
            names = "--continued-pretraining",
            paramLabel = "N",
            description = "Also learn N of the held-out documents in one update; default: none.")
    private int corpus;

    @Option(names = "--seed", description = "Which documents are drawn; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--prompt-style",
            paramLabel = "STYLE",
            converter = PromptStyleName.class,
            description = "How self-edits are asked for: implications, implications-long, rewrite, self-qa, …; default:"
                    + " implications.")
    private PromptStyle promptStyle = PromptStyle.IMPLICATIONS;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the services, as in seal.inner-loop.epochs=4; may be repeated.")
    private Map<String, String> services = new LinkedHashMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file too.")
    private Path json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the run; default: one in .seal/experiments, named after what is asked.")
    private Path out;

    @Option(names = "--again", description = "Begin a new run even if there is one with the same settings.")
    private boolean again;

    @Option(names = "--no-memory-check", description = "Start even if memory seems too little.")
    private boolean noMemoryCheck;

    @Spec
    private CommandSpec spec;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() {
        requireUsable();
        KnowledgeSettings settings = settings();
        ExperimentDocuments documents = documents(settings);
        Path root = Seal.root();
        Path modelDirectory = model == null ? TinyModel.unpack(root.resolve(".seal/tiny-model")) : model;
        Map<String, String> stackSettings = stackSettings(settings);
        Configuration<KnowledgeSettings> configuration = Configuration.of(
                "knowledge",
                commandLine(),
                settings,
                data,
                documents.hash(),
                modelDirectory,
                model == null,
                stackSettings,
                CodeVersion.of(root));
        RunFolder folder = folder(root.resolve(".seal/experiments"), configuration);
        KnowledgeReport report;
        if (folder.isFinished()) {
            terminal.line("This run is finished (--again begins a new one): " + folder.directory());
            report = folder.report(KnowledgeReport.class);
        } else {
            var stack = ExperimentStack.of(root, folder.stack(), modelDirectory, stackSettings, !noMemoryCheck);
            report = run(folder, configuration, documents, stack);
        }
        new ReportLines(terminal).print(report);
        terminal.line("");
        terminal.line("  report   " + terminal.bold(folder.page().toString()));
        if (json != null) {
            folder.copyReport(json);
        }
        return 0;
    }

    private KnowledgeReport run(
            RunFolder folder,
            Configuration<KnowledgeSettings> configuration,
            ExperimentDocuments documents,
            DevStackConfig config) {
        long started = System.nanoTime();
        boolean resumed = folder.isBegun();
        terminal.line((resumed ? "Going on in " : "Run folder ") + folder.directory());
        folder.begin(configuration);
        terminal.line("Starting the stack");
        KnowledgeFindings findings;
        try (DevStack stack = DevStack.start(config, new StartLines(terminal));
                KafkaEventLink link = KafkaEventLink.replaying(
                        StackConnection.open(stack.addresses()),
                        KnowledgeExperiment.TOPICS,
                        KnowledgeExperiment.REFUSALS)) {
            terminal.line("");
            findings = new KnowledgeExperiment(
                            configuration.settings(), documents, link, stack::checkAlive, System::nanoTime)
                    .run(new ExperimentLines(terminal, System::nanoTime));
        }
        var report = new KnowledgeReport(configuration, findings, (System.nanoTime() - started) / 1e9, resumed);
        folder.finish(ReportPage.of(report), report);
        return report;
    }

    private void requireUsable() {
        JsonFile.requireWritable(json);
        if (model != null && !Files.isRegularFile(model.resolve("config.json"))) {
            throw new StackException(
                    "no model: " + model + (Files.isDirectory(model) ? " has no config.json" : " is not a directory")
                            + "; name a Hugging Face directory with --model");
        }
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            throw new StackException("cannot use " + out + " as run folder: it is a file");
        }
    }

    private KnowledgeSettings settings() {
        try {
            if (data == null) {
                return settings(
                        passages == null ? KnowledgeSettings.PASSAGES : passages,
                        gate == null ? KnowledgeSettings.GATE : gate,
                        heldOut == null ? KnowledgeSettings.HELD_OUT : heldOut);
            }
            SquadSplit split = SquadSplit.of(SquadSource.count(data), rounds, passages, gate, heldOut);
            if (!split.notice().isEmpty()) {
                terminal.line("Note: " + split.notice());
            }
            return settings(split.passages(), split.gate(), split.heldOut());
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), refused.getMessage());
        }
    }

    private KnowledgeSettings settings(int somePassages, int someGate, int someHeldOut) {
        return new KnowledgeSettings(
                rounds, somePassages, edits, repeats, someHeldOut, someGate, corpus, seed, promptStyle, services);
    }

    private ExperimentDocuments documents(KnowledgeSettings settings) {
        try {
            return data == null ? TinyWorldSource.documents(settings) : SquadSource.documents(data, settings);
        } catch (IllegalArgumentException tooMany) {
            throw new ParameterException(spec.commandLine(), tooMany.getMessage());
        }
    }

    private RunFolder folder(Path runs, Configuration<?> configuration) {
        if (out != null) {
            return RunFolder.at(out, configuration, again);
        }
        RunFolder.unfinishedWithOtherCode(runs, configuration)
                .ifPresent(other -> terminal.line(
                        "Note: an unfinished run of other code with these settings is left as it is: " + other));
        return RunFolder.find(runs, configuration, again);
    }

    /** What the services are told; what the user sets wins. */
    private static Map<String, String> stackSettings(KnowledgeSettings settings) {
        var all = new TreeMap<String, String>();
        all.put("seal.model.bfloat16-training", Boolean.toString(Bfloat16.supported()));
        all.put("seal.policy-trainer.round-size", Integer.toString(settings.passages()));
        all.put("seal.sampling.group-size", Integer.toString(settings.edits()));
        if (settings.repeats() > 0) {
            all.put("seal.inner-loop.repeats", Integer.toString(settings.repeats()));
            all.put("seal.evaluator.repeats-max", Integer.toString(settings.repeats()));
        }
        // Whatever was sent is wanted, however far the head is by then.
        all.put("seal.work.staleness-max", Integer.toString(settings.rounds() + 1));
        all.putAll(settings.services());
        return all;
    }

    private String commandLine() {
        return "./seal experiment "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
