package dev.sealstream.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.benchmarks.checkpoint.Preset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A checkpoint of 1.5 billion parameters, loaded and used in a process whose heap could not hold a tenth of it. */
final class LoadBenchmark implements Benchmark {
    static final int NEW_TOKENS = 8;
    static final int RANK = 16;

    private static final int HEAP_MEGABYTES = 256;
    private static final int TRAINING_TOKENS = 64;
    private static final List<String> SECONDS =
            List.of("diskSeconds", "loadSeconds", "generateSeconds", "trainSeconds");

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String summary() {
        return "a Qwen2-shaped checkpoint of 1.5B parameters in two bfloat16 files: load, generate, train a step";
    }

    @Override
    public BenchmarkReport run(BenchmarkSettings settings, Progress progress) throws Exception {
        progress.doing("writing a random model of 1.5 billion parameters");
        double[] written = new double[1];
        Path[] directory = new Path[1];
        written[0] = Interleaved.seconds(() -> directory[0] = settings.model(Preset.QWEN2_1_5B));
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int round = 1; round <= settings.repeats(); round++) {
            progress.doing("round " + round + " of " + settings.repeats() + ": loading in a child process");
            JsonNode found = probe(directory[0], settings);
            found.fields().forEachRemaining(field -> values.computeIfAbsent(field.getKey(), key -> new ArrayList<>())
                    .add(field.getValue().asDouble()));
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        values.forEach((name, measured) -> medians.put(name, Interleaved.median(measured)));
        return report(medians);
    }

    private static JsonNode probe(Path directory, BenchmarkSettings settings) throws IOException, InterruptedException {
        Path result = settings.directory().resolve("load.json");
        Path log = settings.directory().resolve("load.log");
        Files.deleteIfExists(result);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MEGABYTES + "m",
                        "-Dai.djl.offline=true",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadProbe.class.getName(),
                        directory.toString(),
                        Integer.toString(settings.threads()),
                        Integer.toString(TRAINING_TOKENS),
                        result.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int code = child.waitFor();
            if (code != 0 || Files.notExists(result)) {
                throw new IOException("the child that loads " + directory + " with a heap of " + HEAP_MEGABYTES
                        + " MB ended with code " + code + "; its log is " + log);
            }
        } finally {
            child.destroyForcibly();
        }
        return new ObjectMapper().readTree(result.toFile());
    }

    private static BenchmarkReport report(Map<String, Double> medians) {
        Table table = new Table("what", "figure", "unit");
        table.row("reading the files just before", medians.get("diskSeconds"), "s");
        table.row("loading", medians.get("loadSeconds"), "s");
        table.row("loading beyond reading", medians.get("loadSeconds") - medians.get("diskSeconds"), "s");
        table.row("generating " + NEW_TOKENS + " tokens", medians.get("generateSeconds"), "s");
        table.row("one LoRA step, r " + RANK + ", " + TRAINING_TOKENS + " tokens", medians.get("trainSeconds"), "s");
        table.row("heap at most, loading", medians.get("heapPeakBytes") / 1e6, "MB");
        table.row("heap at most, in all", medians.get("heapPeakBytesAfterTraining") / 1e6, "MB");
        table.row("resident after loading", medians.get("residentBytesAfterLoad") / 1e9, "GB");
        table.row("resident at most", medians.get("residentPeakBytes") / 1e9, "GB");
        Map<String, Double> figures = new LinkedHashMap<>();
        SECONDS.forEach(name -> figures.put(name, medians.get(name)));
        figures.put("loadBeyondDiskSeconds", medians.get("loadSeconds") - medians.get("diskSeconds"));
        figures.put("heapPeakMegabytes", medians.get("heapPeakBytesAfterTraining") / 1e6);
        figures.put("residentPeakGigabytes", medians.get("residentPeakBytes") / 1e9);
        return new BenchmarkReport(
                List.of(table),
                figures,
                List.of(
                        "A child process with -Xmx" + HEAP_MEGABYTES + "m; the engine itself was started before, with"
                                + " the tiny model. Files were in the page cache if they fit.",
                        "Resident memory includes files that are mapped, which the system may drop at any time."));
    }
}
