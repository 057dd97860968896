package dev.sealstream.benchmarks;

import dev.sealstream.benchmarks.checkpoint.CheckpointShape;
import dev.sealstream.benchmarks.checkpoint.Preset;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.TrainedAdapter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** LoRA steps on a model of 110 million parameters, against the machine's fastest matrix products. */
final class LoraStepBenchmark implements Benchmark {
    private static final int RANK = 16;
    private static final LoraSettings LORA = new LoraSettings(RANK, 2 * RANK, LoraSettings.ALL_LINEAR);
    private static final CheckpointShape SHAPE = CheckpointShape.LLAMA_100M;

    /** What one step learns. */
    private record Batch(String name, List<AdapterTask> tasks) {
        List<Integer> lengths() {
            return tasks.stream()
                    .flatMap(task -> task.sequences().stream())
                    .map(sequence -> sequence.tokens().length)
                    .toList();
        }
    }

    @Override
    public String name() {
        return "lora-step";
    }

    @Override
    public String summary() {
        return "a LoRA step (r 16, all linear) on 110M parameters, in % of the fastest matrix product";
    }

    @Override
    public BenchmarkReport run(BenchmarkSettings settings, Progress progress) throws Exception {
        progress.doing("writing a random model");
        Path directory = settings.model(Preset.LLAMA_100M_F32);
        List<Batch> batches = batches();
        Interleaved arms = new Interleaved();
        try (Peak peak = new Peak(settings.threads());
                LanguageModel float32 = LanguageModel.load(directory, Products.FLOAT32.options(settings.threads()));
                LanguageModel bfloat16 = LanguageModel.load(directory, Products.BFLOAT16.options(settings.threads()))) {
            peak.addTo(arms);
            for (Products products : Products.values()) {
                LanguageModel model = products == Products.FLOAT32 ? float32 : bfloat16;
                for (Batch batch : batches) {
                    arms.measured(arm(products, batch), () -> secondsOfAStep(model, batch));
                }
            }
            return report(batches, arms.mediansWithoutWarmUp(settings.repeats(), progress));
        }
    }

    private static List<Batch> batches() {
        SelfEdits edits = new SelfEdits(SHAPE.vocabulary());
        List<AdapterTask> many = new ArrayList<>();
        for (int k = 0; k < 16; k++) {
            many.add(new AdapterTask("adapter-" + k, k, edits.sequences(k, 2)));
        }
        List<AdapterTask> one = List.of(new AdapterTask("adapter", 1, edits.sequences(1, 24)));
        return List.of(new Batch("16 adapters × 2 sequences", many), new Batch("1 adapter × 24 sequences", one));
    }

    /** Two steps less one: what a call costs before and after its steps is not part of a step. */
    private static double secondsOfAStep(LanguageModel model, Batch batch) throws Exception {
        double one = Interleaved.seconds(() -> train(model, batch, 1));
        double two = Interleaved.seconds(() -> train(model, batch, 2));
        return two - one;
    }

    private static void train(LanguageModel model, Batch batch, int steps) {
        model.trainAdapters(batch.tasks(), LORA, Training.of(steps, Training.WHOLE_EDIT))
                .forEach(TrainedAdapter::required);
    }

    private static String arm(Products products, Batch batch) {
        return products + ", " + batch.name();
    }

    private static BenchmarkReport report(List<Batch> batches, Map<String, Double> medians) {
        Table table = new Table("products", "step", "tokens", "seconds", "tokens/s", "GFLOP/s", "% of peak");
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (Products products : Products.values()) {
            for (Batch batch : batches) {
                double seconds = medians.get(arm(products, batch));
                int tokens = SelfEdits.tokens(batch.tasks());
                double achieved = new TrainingFlops(SHAPE).loraStep(batch.lengths(), RANK) / seconds;
                double share = achieved / Peak.of(products, medians);
                table.row(
                        products.toString(),
                        batch.name(),
                        tokens,
                        seconds,
                        tokens / seconds,
                        achieved / 1e9,
                        100 * share);
                ratios.put(arm(products, batch) + ", share of peak", share);
            }
        }
        return new BenchmarkReport(
                List.of(Peak.table(medians), table),
                ratios,
                List.of(
                        "The peak is the faster of square products of n = 2048 and 4096 in the same precision, by the"
                                + " engine's own operator or oneDNN's, on as many threads, in the same rounds.",
                        "Operations are those a step cannot do without: products of the frozen matrices forward and"
                                + " towards activations, of the head for predicted tokens, of attention within each"
                                + " sequence, of LoRA with its gradients; no padding, nothing computed twice, no"
                                + " optimizer."));
    }
}
