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
        description = "Trains the tiny model from nothing, writes it as a Hugging Face directory and measures it.")
public final class PretrainTinyModel implements Callable<Integer> {
    @Option(names = "--output", required = true, description = "Directory to write the model to.")
    private Path output;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of weights and corpus.")
    private long seed;

    @Option(
            names = "--steps",
            defaultValue = "1400",
            description = "Optimizer steps from nothing; 0 goes on from --output.")
    private int steps;

    @Option(names = "--plain-passage-weight", defaultValue = ".15", description = "Weight of passages on their own.")
    private double plainPassageWeight;

    @Option(names = "--consolidation-steps", defaultValue = "1000", description = "Optimizer steps after that.")
    private int consolidationSteps;

    @Option(
            names = "--consolidation-plain-passage-weight",
            defaultValue = ".03",
            description = "Weight of passages on their own during consolidation.")
    private double consolidationPlainPassageWeight;

    @Option(
            names = "--float32",
            defaultValue = "false",
            description = "Matrix products in float32 instead of bfloat16: slower where the processor has the latter.")
    private boolean float32;

    @Option(
            names = "--documents",
            defaultValue = "64",
            description = "Held-out documents to measure the finished model on; 0 for none.")
    private int documents;

    @Option(names = "--save-every", defaultValue = "50", description = "Steps between reports and saved models.")
    private int saveEvery;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PretrainTinyModel()).execute(arguments));
    }

    @Override
    public Integer call() {
        if (steps > 0) {
            run(Pretraining.fromNothing(new Stage(Stage.Kind.GROWTH, steps, plainPassageWeight), seed, !float32));
        }
        if (consolidationSteps > 0) {
            var stage = new Stage(Stage.Kind.CONSOLIDATION, consolidationSteps, consolidationPlainPassageWeight);
            run(Pretraining.continuing(output, stage, seed, !float32));
        }
        return documents == 0
                ? CommandLine.ExitCode.OK
                : new CommandLine(new MeasureTinyModel())
                        .execute("--model", output.toString(), "--documents", Integer.toString(documents));
    }

    private void run(Pretraining stage) {
        long start = System.nanoTime();
        try (stage) {
            while (!stage.finished()) {
                stage.step();
                if (stage.steps() % saveEvery == 0 || stage.finished()) {
                    stage.save(output);
                    report(spec.commandLine().getOut(), stage, (System.nanoTime() - start) / 1e9);
                }
            }
        }
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
