package dev.sealstream.benchmarks;

import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;
import dev.sealstream.languagemodel.TrainedAdapter;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.tinyworld.TinyModel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * All that one rollout group costs, against SEAL's own procedure (Zweiger et al. 2025) on the same model.
 *
 * <p>Ours: every adapter at once, sequences packed, the questions of all adapters in one batch. SEAL's: one adapter after
 * another, one sequence per step, each padded to the longest the model takes, the padding learnt like text; then the
 * questions of that adapter.
 */
final class SelfEditBenchmark implements Benchmark {
    private static final LoraSettings LORA = new LoraSettings(32, 64, LoraSettings.ALL_LINEAR);
    /** No stop token: both sides write as many tokens. */
    private static final Sampling ANSWER = Sampling.greedy(64, Set.of());

    @Override
    public String name() {
        return "self-edit";
    }

    @Override
    public String summary() {
        return "training and questions of a rollout group of 15 against SEAL's padded one-by-one procedure";
    }

    @Override
    public BenchmarkReport run(BenchmarkSettings settings, Progress progress) throws Exception {
        Path directory = TinyModel.unpack(settings.directory().resolve("tiny"));
        Map<Products, Map<String, Double>> found = new LinkedHashMap<>();
        int tokens = 0;
        for (Products products : Products.values()) {
            try (LanguageModel model = LanguageModel.load(directory, products.options(settings.threads()))) {
                SelfEdits edits = new SelfEdits(model.config().vocabularySize());
                List<AdapterTask> tasks = edits.rolloutGroup();
                List<int[]> questions = IntStream.range(0, SelfEdits.QUESTIONS)
                        .mapToObj(i -> edits.prompt(i, SelfEdits.QUESTION_TOKENS))
                        .toList();
                tokens = SelfEdits.tokens(tasks);
                found.put(products, measure(model, tasks, questions, settings.repeats(), progress));
            }
        }
        return report(found, tokens);
    }

    private static Map<String, Double> measure(
            LanguageModel model, List<AdapterTask> tasks, List<int[]> questions, int repeats, Progress progress)
            throws Exception {
        AdapterTask padded = padded(tasks.get(0), model);
        List<LoraAdapter> one =
                adapters(model.trainAdapters(tasks.subList(0, 1), LORA, Training.of(1, Training.WHOLE_EDIT)));
        return new Interleaved()
                .seconds("steps of 1", () -> evaluate(model, tasks, questions, Training.ONE_AT_A_TIME))
                .seconds("steps of 9", () -> evaluate(model, tasks, questions, Training.WHOLE_EDIT))
                .seconds(
                        "padded epoch",
                        () -> model.trainAdapters(List.of(padded), LORA, Training.of(1, Training.ONE_AT_A_TIME)))
                .seconds("questions of one", () -> answer(model, one, questions))
                .mediansWithoutWarmUp(repeats, progress);
    }

    private static AdapterTask padded(AdapterTask task, LanguageModel model) {
        int length = model.config().maxPositions();
        List<TrainingSequence> sequences = task.sequences().stream()
                .map(sequence -> sequence.padded(length, model.tokenizer().eosId()))
                .toList();
        return new AdapterTask("padded", task.seed(), sequences);
    }

    private static void evaluate(LanguageModel model, List<AdapterTask> tasks, List<int[]> questions, int batch) {
        answer(model, adapters(model.trainAdapters(tasks, LORA, Training.of(Training.EPOCHS, batch))), questions);
    }

    private static List<LoraAdapter> adapters(List<TrainedAdapter> trained) {
        return trained.stream().map(TrainedAdapter::required).toList();
    }

    private static void answer(LanguageModel model, List<LoraAdapter> adapters, List<int[]> questions) {
        List<Prompt> prompts = new ArrayList<>();
        for (int adapter = 0; adapter < adapters.size(); adapter++) {
            for (int[] question : questions) {
                prompts.add(new Prompt(question, 0, adapter));
            }
        }
        model.generate(prompts, ANSWER, adapters);
    }

    private static BenchmarkReport report(Map<Products, Map<String, Double>> found, int tokens) {
        int adapters = SelfEdits.EDITS * SelfEdits.REPEATS;
        Table table = new Table("products", "procedure", "seconds", "× SEAL's");
        Map<String, Double> ratios = new LinkedHashMap<>();
        found.forEach((products, seconds) -> {
            double seal = adapters * (Training.EPOCHS * seconds.get("padded epoch") + seconds.get("questions of one"));
            table.row(products.toString(), "SEAL's: padded, one by one (scaled)", seal, 1.0);
            for (String steps : List.of("steps of 1", "steps of 9")) {
                double ratio = seal / seconds.get(steps);
                table.row(products.toString(), "15 at once, " + steps, seconds.get(steps), ratio);
                ratios.put(products + ", 15 at once in " + steps + " against SEAL's procedure", ratio);
            }
        });
        return new BenchmarkReport(
                List.of(table),
                ratios,
                List.of(
                        "SEAL's procedure is scaled from a measured sample: " + SelfEdits.SEQUENCES
                                + " padded steps (one epoch of one adapter) × " + Training.EPOCHS + " × " + adapters
                                + ", and the questions of one adapter × " + adapters + ".",
                        "The group has " + tokens + " tokens an epoch, " + Training.EPOCHS + " epochs; "
                                + SelfEdits.QUESTIONS + " questions of " + SelfEdits.QUESTION_TOKENS
                                + " tokens, 64 tokens of answer each. Steps of 1 sequence are SEAL's schedule; steps of 9"
                                + " are one per epoch."));
    }
}
