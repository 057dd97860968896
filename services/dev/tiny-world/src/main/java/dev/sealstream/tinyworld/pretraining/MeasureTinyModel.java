package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.domain.Estimate;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.tinyworld.FactCheck;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import dev.sealstream.tinyworld.pretraining.SelfEditStudy.Edit;
import dev.sealstream.tinyworld.pretraining.SelfEditStudy.OuterSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Measures what a model gains from self-edits, before and after rounds of reinforcement learning, in one process. */
@Command(
        name = "measure-tiny-model",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Closed-book accuracy from nothing, passages, self-edits and ideal edits, then rounds of ReST-EM.")
public final class MeasureTinyModel implements Callable<Integer> {
    @Option(names = "--model", description = "Hugging Face directory; without it, the model that ships.")
    private Path directory;

    @Option(names = "--documents", defaultValue = "64", description = "Held-out documents to measure on.")
    private int documents;

    @Option(names = "--rounds", defaultValue = "0", description = "Rounds of ReST-EM.")
    private int rounds;

    @Option(names = "--training-documents", defaultValue = "50", description = "Documents of one round.")
    private int trainingDocuments;

    @Option(names = "--edits", defaultValue = "5", description = "Self-edits sampled for each document.")
    private int edits;

    @Option(names = "--repeats", defaultValue = "2", description = "Adapters trained for each self-edit.")
    private int repeats;

    @Option(names = "--learning-rate", defaultValue = "2e-3", description = "Of the policy's fine-tuning.")
    private double learningRate;

    @Option(names = "--epochs", defaultValue = "4", description = "Of the policy's fine-tuning.")
    private int epochs;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of documents and samples.")
    private long seed;

    @Option(names = "--show", defaultValue = "0", description = "Sampled self-edits to print, line by line, checked.")
    private int show;

    @Option(names = "--threads", defaultValue = "1", description = "Processor threads.")
    private int threads;

    @Option(names = "--bfloat16", description = "Train adapters with bfloat16 products, as the demo does.")
    private boolean bfloat16;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;
    private List<TinyWorldDocument> benchmark;
    private SelfEditStudy study;
    private long start;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MeasureTinyModel()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        out = spec.commandLine().getOut();
        start = System.nanoTime();
        Path files = directory == null ? TinyModel.unpack(Files.createTempDirectory("tiny-model")) : directory;
        benchmark = TinyWorldDocuments.benchmark(seed, documents);
        LanguageModel policy =
                LanguageModel.load(files, LoadOptions.cpu(threads).withBfloat16Training(bfloat16));
        study = new SelfEditStudy(policy);
        try {
            double[] nothing = study.withoutLearning(policy, benchmark);
            report("a nothing", nothing, "");
            double[] passage = learned(
                    policy,
                    "b passage only",
                    benchmark.stream()
                            .map(document -> edit(document, List.of()))
                            .toList());
            learned(
                    policy,
                    "e ideal edit",
                    benchmark.stream()
                            .map(document -> edit(document, document.idealEdit()))
                            .toList());
            double[] base = ownEdits(policy, "c base policy");
            difference("c - b", base, passage);
            for (int round = 1; round <= rounds; round++) {
                LanguageModel next = round(policy, round);
                policy.close();
                policy = next;
                double[] improved = ownEdits(policy, "d" + round);
                difference("d" + round + " - c", improved, base);
                difference("d" + round + " - b", improved, passage);
            }
            return CommandLine.ExitCode.OK;
        } finally {
            policy.close();
        }
    }

    private LanguageModel round(LanguageModel policy, int round) {
        var training = TinyWorldDocuments.training(seed, rounds * trainingDocuments)
                .subList((round - 1) * trainingDocuments, round * trainingDocuments);
        List<Edit> sampled = study.sample(policy, training, edits, "round-" + round);
        var scores = new ArrayList<double[]>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            scores.add(study.afterLearning(policy, sampled, "round-" + round + "/" + repeat));
        }
        double[] rewards = SelfEditStudy.mean(scores);
        var best = new ArrayList<Edit>();
        double bestMean = 0;
        for (int first = 0; first < sampled.size(); first += edits) {
            int winner = first;
            for (int i = first; i < first + edits; i++) {
                winner = rewards[i] > rewards[winner] ? i : winner;
            }
            best.add(sampled.get(winner));
            bestMean += rewards[winner] / trainingDocuments;
        }
        report("round " + round + " sampled", rewards, mixture(sampled).toString());
        print("round %d best of %d  %.1f %%  %s", round, edits, 100 * bestMean, mixture(best));
        return study.improve(policy, best, OuterSettings.of(learningRate, epochs), seed + round);
    }

    private double[] ownEdits(LanguageModel policy, String name) {
        List<Edit> written = study.sample(policy, benchmark, 1, name);
        double[] accuracies = study.afterLearning(policy, written, name);
        report(name, accuracies, mixture(written).toString());
        written.stream().limit(show).forEach(this::show);
        return accuracies;
    }

    private void show(Edit edit) {
        out.println("  " + edit.document().title() + ": " + edit.document().context());
        for (String line : edit.lines()) {
            FactCheck check = FactCheck.of(line, edit.document().passage());
            out.println("    " + check.verdict() + " " + check.kind() + ": " + line);
        }
        out.flush();
    }

    private double[] learned(LanguageModel model, String name, List<Edit> given) {
        double[] accuracies = study.afterLearning(model, given, name);
        report(name, accuracies, "");
        return accuracies;
    }

    private static Edit edit(TinyWorldDocument document, List<String> lines) {
        return new Edit(document, String.join("\n", lines), new int[0]);
    }

    private static EditMixture mixture(List<Edit> edits) {
        return EditMixture.of(
                edits.stream().map(edit -> edit.document().passage()).toList(),
                edits.stream().map(Edit::lines).toList());
    }

    private void report(String name, double[] accuracies, String note) {
        Estimate estimate = Estimate.of(accuracies);
        print("%-16s %5.1f ± %.1f %%  %s", name, 100 * estimate.mean(), 100 * estimate.standardError(), note);
    }

    private void difference(String name, double[] after, double[] before) {
        Estimate estimate = SelfEditStudy.difference(after, before);
        print("%-16s %+5.1f ± %.1f (paired)", name, 100 * estimate.mean(), 100 * estimate.standardError());
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, "[%4.0f s] " + format + "%n", prepend((System.nanoTime() - start) / 1e9, values));
        out.flush();
    }

    private static Object[] prepend(Object first, Object[] rest) {
        var all = new ArrayList<>(List.of(rest));
        all.add(0, first);
        return all.toArray();
    }
}
