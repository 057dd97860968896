package dev.sealstream.benchmarks;

import dev.sealstream.benchmarks.checkpoint.Preset;
import dev.sealstream.benchmarks.jlama.JlamaProcess;
import dev.sealstream.benchmarks.jlama.JlamaUnavailableException;
import dev.sealstream.languagemodel.Completion;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Greedy decoding against Jlama on the same files and threads. */
final class DecodeBenchmark implements Benchmark {
    private static final int PROMPT_TOKENS = 32;
    private static final int NEW_TOKENS = 128;
    private static final int BATCH = 16;
    /** Jlama compiles itself for some seconds before it is fast. */
    private static final int JLAMA_WARM_UPS = 2;

    private static final Sampling GREEDY = Sampling.greedy(NEW_TOKENS, Set.of());

    /** The same weights in two types. */
    private enum Files {
        FLOAT32("float32", Preset.LLAMA_100M_F32, Products.FLOAT32),
        BFLOAT16("bfloat16", Preset.LLAMA_100M_BF16, Products.BFLOAT16);

        private final String text;
        private final Preset preset;
        private final Products products;

        Files(String text, Preset preset, Products products) {
            this.text = text;
            this.preset = preset;
            this.products = products;
        }
    }

    @Override
    public String name() {
        return "decode";
    }

    @Override
    public String summary() {
        return "greedy decoding at batch 1 and 16 against Jlama on the same files, 110M parameters";
    }

    @Override
    public BenchmarkReport run(BenchmarkSettings settings, Progress progress) throws Exception {
        Table table = new Table("weights", "engine", "batch", "tokens/s", "× Jlama");
        Map<String, Double> ratios = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        notes.add("Prompts of " + PROMPT_TOKENS + " tokens, " + NEW_TOKENS
                + " new ones; tokens/s are new tokens over the whole time, prompt included.");
        for (Files files : Files.values()) {
            progress.doing("writing a random model");
            Path directory = settings.model(files.preset);
            try (LanguageModel model = LanguageModel.load(directory, files.products.decoding(settings.threads()))) {
                List<int[]> prompts = prompts(model);
                Interleaved arms = new Interleaved()
                        .seconds(ours(1), () -> generate(model, prompts.subList(0, 1)))
                        .seconds(ours(BATCH), () -> generate(model, prompts));
                try (JlamaProcess jlama = JlamaProcess.start(settings.root(), JlamaProcess.Operations.NATIVE)) {
                    progress.doing("warming up Jlama");
                    addJlama(arms, jlama, directory, prompts, settings);
                    notes.add(agreement(files, model, jlama, prompts.get(0)));
                    tell(table, ratios, files, arms.mediansWithoutWarmUp(settings.repeats(), progress));
                } catch (JlamaUnavailableException missing) {
                    notes.add("No comparison with Jlama: " + missing.getMessage() + ".");
                    tell(table, ratios, files, arms.medians(settings.repeats(), progress));
                }
            }
        }
        notes.add(
                "Jlama 0.8.4 with its C library and float32 working memory, weights as they are in the file; it has no"
                        + " batches, so at " + BATCH
                        + " it generates one after another or, with an instance for each thread,"
                        + " several at once: the faster counts.");
        return new BenchmarkReport(List.of(table), ratios, notes);
    }

    private static List<int[]> prompts(LanguageModel model) {
        SelfEdits words = new SelfEdits(model.config().vocabularySize());
        return IntStream.range(0, BATCH)
                .mapToObj(i -> words.prompt(i, PROMPT_TOKENS))
                .toList();
    }

    private static List<Completion> generate(LanguageModel model, List<int[]> prompts) {
        return model.generate(
                prompts.stream()
                        .map(prompt -> new Prompt(prompt, 0, Prompt.NO_ADAPTER))
                        .toList(),
                GREEDY,
                List.of());
    }

    private static void addJlama(
            Interleaved arms, JlamaProcess jlama, Path directory, List<int[]> prompts, BenchmarkSettings settings)
            throws IOException {
        int threads = settings.threads();
        jlama.open(directory, "F32", threads, threads);
        for (int i = 0; i < JLAMA_WARM_UPS; i++) {
            jlama.generate(prompts.subList(0, Math.min(BATCH, threads)), NEW_TOKENS, threads);
            jlama.generate(prompts.subList(0, 1), NEW_TOKENS, 1);
        }
        arms.measured(jlama(1, 1), () -> jlama.generate(prompts.subList(0, 1), NEW_TOKENS, 1)
                .seconds());
        arms.measured(
                jlama(BATCH, 1), () -> jlama.generate(prompts, NEW_TOKENS, 1).seconds());
        if (threads > 1) {
            arms.measured(jlama(BATCH, threads), () -> jlama.generate(prompts, NEW_TOKENS, threads)
                    .seconds());
        }
    }

    /** Both sides should write the same, up to the first place where two tokens were all but equally probable. */
    private static String agreement(Files files, LanguageModel model, JlamaProcess jlama, int[] prompt)
            throws IOException {
        int[] ours = generate(model, List.of(prompt)).get(0).tokens();
        int[] theirs = jlama.generate(List.of(prompt), NEW_TOKENS, 1).tokens().get(0);
        int same = Arrays.mismatch(ours, theirs);
        return files.text + ": both write the same " + (same < 0 ? NEW_TOKENS : same) + " tokens first, of "
                + NEW_TOKENS + ".";
    }

    private static void tell(Table table, Map<String, Double> ratios, Files files, Map<String, Double> seconds) {
        for (int batch : List.of(1, BATCH)) {
            double tokens = (double) batch * NEW_TOKENS;
            double ours = seconds.get(ours(batch));
            double theirs = seconds.entrySet().stream()
                    .filter(arm -> arm.getKey().startsWith(jlama(batch)))
                    .mapToDouble(Map.Entry::getValue)
                    .min()
                    .orElse(Double.NaN);
            if (Double.isNaN(theirs)) {
                table.row(files.text, "Sealstream", batch, tokens / ours, "");
                continue;
            }
            table.row(files.text, "Sealstream", batch, tokens / ours, Table.text(theirs / ours));
            seconds.forEach((arm, taken) -> {
                if (arm.startsWith(jlama(batch))) {
                    table.row(files.text, arm.replace(" at batch " + batch, ""), batch, tokens / taken, "");
                }
            });
            ratios.put(files.text + ", batch " + batch + " against Jlama", theirs / ours);
        }
    }

    private static String ours(int batch) {
        return "Sealstream at batch " + batch;
    }

    private static String jlama(int batch) {
        return "Jlama at batch " + batch + ",";
    }

    private static String jlama(int batch, int atOnce) {
        return jlama(batch) + " " + atOnce + " at once";
    }
}
