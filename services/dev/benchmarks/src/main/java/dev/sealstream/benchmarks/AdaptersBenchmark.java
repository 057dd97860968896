package dev.sealstream.benchmarks;

import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.TrainedAdapter;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.tinyworld.TinyModel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adapters of one rollout group trained together, against the same adapters one after another. */
final class AdaptersBenchmark implements Benchmark {
    private static final List<Integer> AT_ONCE = List.of(1, 5, 15);
    /** Throughput does not depend on it; the figure a user waits for is in {@link SelfEditBenchmark}. */
    private static final int EPOCHS = 2;

    private static final LoraSettings LORA = new LoraSettings(32, 64, LoraSettings.ALL_LINEAR);

    @Override
    public String name() {
        return "adapters";
    }

    @Override
    public String summary() {
        return "K = 1, 5, 15 adapters trained at once against one after another, on the tiny model";
    }

    @Override
    public BenchmarkReport run(BenchmarkSettings settings, Progress progress) throws Exception {
        Table table =
                new Table("products", "sequences per step", "adapters at once", "tokens/s", "× one after another");
        Map<String, Double> ratios = new LinkedHashMap<>();
        var directory = TinyModel.unpack(settings.directory().resolve("tiny"));
        try (var float32 = LanguageModel.load(directory, Products.FLOAT32.options(settings.threads()));
                var bfloat16 = LanguageModel.load(directory, Products.BFLOAT16.options(settings.threads()))) {
            List<AdapterTask> tasks = new SelfEdits(float32.config().vocabularySize()).rolloutGroup();
            Interleaved arms = new Interleaved();
            for (Products products : Products.values()) {
                LanguageModel model = products == Products.BFLOAT16 ? bfloat16 : float32;
                for (int batch : List.of(Training.ONE_AT_A_TIME, Training.WHOLE_EDIT)) {
                    for (int atOnce : AT_ONCE) {
                        arms.seconds(
                                arm(products, batch, atOnce),
                                () -> train(model, tasks, atOnce, Training.of(EPOCHS, batch)));
                    }
                }
            }
            Map<String, Double> seconds = arms.medians(settings.repeats(), progress);
            double tokens = EPOCHS * (double) SelfEdits.tokens(tasks);
            for (Products products : Products.values()) {
                double oneAfterAnother = seconds.get(arm(products, Training.ONE_AT_A_TIME, 1));
                for (int batch : List.of(Training.ONE_AT_A_TIME, Training.WHOLE_EDIT)) {
                    for (int atOnce : AT_ONCE) {
                        double taken = seconds.get(arm(products, batch, atOnce));
                        double ratio = oneAfterAnother / taken;
                        table.row(products.toString(), batch == 0 ? "9" : "1", atOnce, tokens / taken, ratio);
                        ratios.put(arm(products, batch, atOnce), ratio);
                    }
                }
            }
        }
        return new BenchmarkReport(
                List.of(table),
                ratios,
                List.of(
                        SelfEdits.EDITS + " self-edits × " + SelfEdits.REPEATS + " repeats, " + SelfEdits.SEQUENCES
                                + " sequences of " + SelfEdits.SHORTEST + "–" + SelfEdits.LONGEST
                                + " tokens each; LoRA r 32 on all linear modules; " + EPOCHS + " epochs timed.",
                        "Ratios are to one adapter after another at one sequence per step in the same precision; rows with"
                                + " one sequence per step give the same adapters up to rounding."));
    }

    private static String arm(Products products, int batch, int atOnce) {
        return products + ", " + (batch == 0 ? "whole edits" : "single sequences") + ", " + atOnce + " at once";
    }

    private static void train(LanguageModel model, List<AdapterTask> tasks, int atOnce, TrainingSettings training) {
        for (int from = 0; from < tasks.size(); from += atOnce) {
            model.trainAdapters(tasks.subList(from, Math.min(tasks.size(), from + atOnce)), LORA, training)
                    .forEach(TrainedAdapter::required);
        }
    }
}
