package dev.sealstream.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.tinyworld.TinyModel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Main class of the child of {@link LoadBenchmark}: loads a model in a process with a small heap, uses it once, and writes
 * what that took as JSON to a file.
 */
final class LoadProbe {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final Path STATUS = Path.of("/proc/self/status");

    private LoadProbe() {}

    /** Arguments: model directory, threads, sequence tokens of the training step, file to write. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Products products = Products.BFLOAT16;
        int threads = Integer.parseInt(arguments[1]);
        int trainingTokens = Integer.parseInt(arguments[2]);
        Map<String, Object> found = new LinkedHashMap<>();
        warmUpEngine(Path.of(arguments[3]).resolveSibling("warm-up"), threads);

        found.put("diskSeconds", Interleaved.seconds(() -> read(directory)));
        long start = System.nanoTime();
        try (LanguageModel model = LanguageModel.load(directory, products.options(threads))) {
            found.put("loadSeconds", (System.nanoTime() - start) / 1e9);
            found.put("heapPeakBytes", heapPeak());
            found.put("residentBytesAfterLoad", status("VmRSS"));
            SelfEdits words = new SelfEdits(model.config().vocabularySize());
            found.put("generateSeconds", Interleaved.seconds(() -> generate(model, words)));
            found.put("trainSeconds", Interleaved.seconds(() -> train(model, words, trainingTokens)));
        }
        found.put("heapPeakBytesAfterTraining", heapPeak());
        found.put("residentPeakBytes", status("VmHWM"));
        new ObjectMapper().writeValue(Path.of(arguments[3]).toFile(), found);
        System.exit(0);
    }

    /** The engine's own start, seconds the first time, belongs to no model. */
    private static void warmUpEngine(Path directory, int threads) {
        var tiny = TinyModel.unpack(directory);
        LanguageModel.load(tiny, Products.BFLOAT16.options(threads)).close();
    }

    private static void read(Path directory) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    int read = in.read(buffer);
                    while (read >= 0) {
                        read = in.read(buffer);
                    }
                }
            }
        }
    }

    private static void generate(LanguageModel model, SelfEdits words) {
        Prompt prompt = new Prompt(words.prompt(1, SelfEdits.QUESTION_TOKENS), 0, Prompt.NO_ADAPTER);
        model.generate(List.of(prompt), Sampling.greedy(LoadBenchmark.NEW_TOKENS, Set.of()), List.of());
    }

    private static void train(LanguageModel model, SelfEdits words, int tokens) {
        var sequence = new TrainingSequence(words.prompt(2, tokens), 0);
        var trained = model.trainAdapters(
                List.of(new AdapterTask("probe", 1, List.of(sequence))),
                new LoraSettings(LoadBenchmark.RANK, 2 * LoadBenchmark.RANK, LoraSettings.ALL_LINEAR),
                Training.of(1, Training.WHOLE_EDIT));
        if (!trained.get(0).required().isFinite()) {
            throw new IllegalStateException("the adapter is not finite after one step; the weights were read wrongly");
        }
    }

    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** Bytes of a line of the process's status; 0 where the system does not tell. */
    private static long status(String key) throws IOException {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
