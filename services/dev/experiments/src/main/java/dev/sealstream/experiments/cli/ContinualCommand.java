package dev.sealstream.experiments.cli;

import dev.sealstream.devstack.Bfloat16;
import dev.sealstream.devstack.DevStack;
import dev.sealstream.devstack.cli.JsonFile;
import dev.sealstream.devstack.cli.Seal;
import dev.sealstream.devstack.cli.StartLines;
import dev.sealstream.devstack.cli.Terminal;
import dev.sealstream.devstack.events.KafkaEventLink;
import dev.sealstream.devstack.events.StackConnection;
import dev.sealstream.domain.Sha256;
import dev.sealstream.experiments.continual.ContinualExperiment;
import dev.sealstream.experiments.continual.ContinualFindings;
import dev.sealstream.experiments.continual.ContinualSettings;
import dev.sealstream.experiments.continual.MethodFindings;
import dev.sealstream.experiments.continual.Sequence;
import dev.sealstream.experiments.report.ContinualPage;
import dev.sealstream.experiments.report.ContinualReport;
import dev.sealstream.experiments.run.CodeVersion;
import dev.sealstream.experiments.run.Configuration;
import dev.sealstream.experiments.run.RunFolder;
import dev.sealstream.tinyworld.TinyModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Continual adaptation: what is left of documents learnt one after the other, against plain merging. */
@Command(
        name = "continual",
        description =
                "Learn documents of the tiny world for good, one after the other, and measure after each what is left of"
                        + " all of them, beside plain merging. Killed, it goes on where it stopped when run again.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ContinualCommand implements Callable<Integer> {

    @Option(
            names = "--method",
            description =
                    "Against forgetting: none, gated, or any of replay, kl, l2 and orthogonal joined by commas; default:"
                            + " ${DEFAULT-VALUE}.")
    private String method = ContinualSettings.DEFAULT_METHOD;

    @Option(names = "--sequences", description = "Sequences of documents; default: ${DEFAULT-VALUE}.")
    private int sequences = ContinualSettings.SEQUENCES;

    @Option(names = "--length", description = "Documents of each sequence; default: ${DEFAULT-VALUE}.")
    private int length = ContinualSettings.LENGTH;

    @Option(names = "--edits", description = "Self-edits for each document; default: ${DEFAULT-VALUE}.")
    private int edits = ContinualSettings.EDITS;

    @Option(names = "--gate", description = "Held-out documents the gate decides on; default: ${DEFAULT-VALUE}.")
    private int gate = ContinualSettings.GATE;

    @Option(names = "--seed", description = "Which documents are drawn; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the services, as in seal.inner-loop.epochs=15; may be repeated.")
    private Map<String, String> services = new LinkedHashMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file too.")
    private Path json;

    @Option(names = "--again", description = "Begin a new run even if there is one with the same settings.")
    private boolean again;

    @Option(names = "--no-memory-check", description = "Start even if memory seems too little.")
    private boolean noMemoryCheck;

    @Spec
    private CommandSpec spec;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() {
        JsonFile.requireWritable(json);
        ContinualSettings settings;
        List<Sequence> documents;
        try {
            settings = new ContinualSettings(method, sequences, length, edits, gate, seed, services);
            documents = Sequence.ofTinyWorld(settings);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), refused.getMessage());
        }
        Path root = Seal.root();
        Path model = TinyModel.unpack(root.resolve(".seal/tiny-model"));
        var configuration = Configuration.of(
                "continual",
                commandLine(),
                settings,
                null,
                Sha256.hex(documents.toString()),
                model,
                true,
                serviceSettings(settings, settings.method()),
                CodeVersion.of(root));
        RunFolder folder = RunFolder.find(root.resolve(".seal/experiments"), configuration, again);
        ContinualReport report;
        if (folder.isFinished()) {
            terminal.line("This run is finished (--again begins a new one): " + folder.directory());
            report = folder.report(ContinualReport.class);
        } else {
            report = run(folder, configuration, documents, root, model);
        }
        ContinualLines.print(terminal, report);
        terminal.line("");
        terminal.line("  report   " + terminal.bold(folder.page().toString()));
        if (json != null) {
            folder.copyReport(json);
        }
        return 0;
    }

    private ContinualReport run(
            RunFolder folder,
            Configuration<ContinualSettings> configuration,
            List<Sequence> documents,
            Path root,
            Path model) {
        long started = System.nanoTime();
        boolean resumed = folder.isBegun();
        terminal.line((resumed ? "Going on in " : "Run folder ") + folder.directory());
        folder.begin(configuration);
        var methods = new ArrayList<MethodFindings>();
        for (String one : configuration.settings().methods()) {
            methods.add(measured(one, folder, configuration.settings(), documents, root, model));
        }
        var findings = ContinualFindings.of(methods);
        var report = new ContinualReport(configuration, findings, (System.nanoTime() - started) / 1e9, resumed);
        folder.finish(ContinualPage.of(report), report);
        return report;
    }

    /** On a stack of its own: the services learn by one method. */
    private MethodFindings measured(
            String one, RunFolder folder, ContinualSettings settings, List<Sequence> documents, Path root, Path model) {
        terminal.line("Starting the stack for " + one);
        var config = ExperimentStack.of(
                root, folder.stack().resolve(one), model, serviceSettings(settings, one), !noMemoryCheck);
        try (DevStack stack = DevStack.start(config, new StartLines(terminal));
                KafkaEventLink link = KafkaEventLink.replaying(
                        StackConnection.open(stack.addresses()),
                        ContinualExperiment.TOPICS,
                        ContinualExperiment.REFUSALS)) {
            return new ContinualExperiment(settings, documents, link, stack::checkAlive, System::nanoTime)
                    .run(one, new ContinualLines(terminal, one));
        }
    }

    /** What the services are told; what the user sets wins. */
    static Map<String, String> serviceSettings(ContinualSettings settings, String method) {
        var all = new TreeMap<String, String>();
        all.put("seal.model.bfloat16-training", Boolean.toString(Bfloat16.supported()));
        all.put("seal.sampling.group-size", Integer.toString(settings.edits()));
        all.put("seal.inner-loop.forgetting", method);
        all.put("seal.evaluator.knowledge-benchmark-documents", Integer.toString(settings.gate()));
        all.put("seal.evaluator.earlier-data", Integer.toString(settings.length()));
        // Nobody is there to ask.
        all.put("seal.checkpoint-gate.approval", "NEVER");
        if (method.equals(ContinualSettings.PLAIN_MERGING)) {
            // SEAL's study merges every edit; the gate would let hardly any in.
            all.put("seal.checkpoint-gate.tolerance", "1");
            all.put("seal.checkpoint-gate.knowledge-gain", "0");
            all.put("seal.checkpoint-gate.forgetting", "1");
            all.put("seal.checkpoint-gate.retention", "0");
            all.put("seal.checkpoint-gate.divergence-max", "1000");
            all.put("seal.checkpoint-gate.z-score-max", "1000");
        }
        all.putAll(settings.services());
        return all;
    }

    private String commandLine() {
        return "./seal experiment "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
