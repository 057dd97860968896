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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
        Table table = new Table("weights", "engine", "tokens/s", "× Jlama");
        Map<String, Double> ratios = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        notes.add("Prompts of " + PROMPT_TOKENS + " tokens, " + NEW_TOKENS
                + " new ones; tokens/s are new tokens over the whole time, prompt included.");
        for (Files files : Files.values()) {
            progress.doing("writing a random model");
            Path directory = settings.model(files.preset);
            try (LanguageModel model = LanguageModel.load(directory, files.products.options(settings.threads()))) {
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
                        + " batches, so " + BATCH
                        + " prompts are generated one after another or, with an instance for each"
                        + " thread, several at once: the faster rate counts.");
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
        for (int atOnce : jlamaAtOnce(threads)) {
            List<int[]> some = prompts.subList(0, atOnce);
            arms.measured(jlama(atOnce), () -> jlama.generate(some, NEW_TOKENS, atOnce)
                    .seconds());
        }
    }

    /** One prompt after another, or an instance for each thread. */
    private static Set<Integer> jlamaAtOnce(int threads) {
        return new TreeSet<>(List.of(1, Math.min(BATCH, threads)));
    }

    /**
     * How many of our tokens Jlama, reading along token by token, would have written too: nearly all, if both compute the
     * same. Not compared with what it writes by itself: where its C library reads a whole prompt in one batch, it errs.
     */
    private static String agreement(Files files, LanguageModel model, JlamaProcess jlama, int[] prompt)
            throws IOException {
        int[] ours = generate(model, List.of(prompt)).get(0).tokens();
        int[] text = IntStream.concat(IntStream.of(prompt), IntStream.of(ours)).toArray();
        int[] best = jlama.score(text).best();
        long same = IntStream.range(0, ours.length)
                .filter(i -> best[prompt.length - 1 + i] == ours[i])
                .count();
        return files.text + ": " + same + " of our " + ours.length + " tokens are Jlama's first choice too.";
    }

    private static void tell(Table table, Map<String, Double> ratios, Files files, Map<String, Double> seconds) {
        Map<String, Double> jlama = new LinkedHashMap<>(); // tokens/s
        for (int atOnce = 1; atOnce <= BATCH; atOnce++) {
            Double taken = seconds.get(jlama(atOnce));
            if (taken != null) {
                jlama.put(jlama(atOnce), atOnce * NEW_TOKENS / taken);
            }
        }
        for (int batch : List.of(1, BATCH)) {
            double ours = batch * NEW_TOKENS / seconds.get(ours(batch));
            String ratio = "";
            if (!jlama.isEmpty()) {
                double theirs = batch == 1 ? jlama.get(jlama(1)) : Collections.max(jlama.values());
                ratios.put(files.text + ", batch " + batch + " against Jlama", ours / theirs);
                ratio = Table.text(ours / theirs);
            }
            table.row(files.text, ours(batch), ours, ratio);
        }
        jlama.forEach((arm, rate) -> table.row(files.text, arm, rate, ""));
    }

    private static String ours(int batch) {
        return "Sealstream, batch " + batch;
    }

    private static String jlama(int atOnce) {
        return atOnce == 1 ? "Jlama, one after another" : "Jlama, " + atOnce + " at once";
    }
}
