package dev.sealstream.tinyworld.pretraining;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Trains the tiny model from nothing and writes it in Hugging Face's layout. */
@Command(
        name = "pretrain-tiny-model",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Trains the tiny model from nothing and writes it as a Hugging Face directory.")
public final class PretrainTinyModel implements Callable<Integer> {
    @Option(names = "--output", required = true, description = "Directory to write the model to.")
    private Path output;

    @Option(names = "--steps", defaultValue = "1500", description = "Optimizer steps.")
    private int steps;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of weights and corpus.")
    private long seed;

    @Option(names = "--imitation-from", defaultValue = ".6", description = "Part of the run before self-edit styles.")
    private double imitationFrom;

    @Option(names = "--plain-passage-weight", defaultValue = ".05", description = "Weight of passages on their own.")
    private double plainPassageWeight;

    @Option(names = "--pool", defaultValue = "50", description = "People told and asked about closed-book at a time.")
    private int pool;

    @Option(
            names = "--bfloat16",
            negatable = true,
            defaultValue = "false",
            description = "Matrix products in bfloat16: faster where the processor has them.")
    private boolean bfloat16;

    @Option(names = "--save-every", defaultValue = "100", description = "Steps between saved models.")
    private int saveEvery;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PretrainTinyModel()).execute(arguments));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        long start = System.nanoTime();
        try (var pretraining = new Pretraining(
                new PretrainingSettings(seed, steps, imitationFrom, plainPassageWeight, pool, bfloat16))) {
            while (!pretraining.finished()) {
                pretraining.step();
                if (pretraining.steps() % saveEvery == 0 || pretraining.finished()) {
                    pretraining.save(output);
                    report(out, pretraining, (System.nanoTime() - start) / 1e9);
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static void report(PrintWriter out, Pretraining pretraining, double seconds) {
        out.printf(
                Locale.ROOT,
                "step %d  %.1f min  %.2fM tokens (%.0f/s)  value accuracy %.3f  storage loss %.3f%n",
                pretraining.steps(),
                seconds / 60,
                pretraining.tokens() / 1e6,
                pretraining.tokens() / seconds,
                pretraining.valueAccuracy(),
                pretraining.questionLoss());
        out.flush();
    }
}
