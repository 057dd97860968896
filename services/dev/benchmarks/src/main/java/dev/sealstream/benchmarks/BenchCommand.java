package dev.sealstream.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sealstream.benchmarks.checkpoint.Preset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code ./seal bench}: measures and tells. */
@Command(
        name = "seal bench",
        description = "Measure speed: all benchmarks, or those named. Figures are ratios measured in the same run.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."})
final class BenchCommand implements Callable<Integer> {
    private static final List<Benchmark> BENCHMARKS = List.of(
            new AdaptersBenchmark(),
            new SelfEditBenchmark(),
            new ReliabilityBenchmark(),
            new ScalingBenchmark(),
            new LoraStepBenchmark(),
            new PretrainingStepBenchmark(),
            new DecodeBenchmark(),
            new LoadBenchmark());

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "What to measure; see --list.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "List the benchmarks and stop.")
    private boolean list;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file too.")
    private Path json;

    @Option(names = "--repeats", description = "Measured rounds; medians are told; default: ${DEFAULT-VALUE}.")
    private int repeats = 3;

    @Option(names = "--threads", description = "Threads of the engine; default: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where random models are kept; up to 4 GB; default: services/dev/benchmarks/target/models.")
    private Path directory;

    @Option(
            names = "--write",
            paramLabel = "MODEL",
            description = "Only write a random model in Hugging Face's layout to --dir: ${COMPLETION-CANDIDATES}.")
    private Preset preset;

    @Option(names = "--verbose", description = "Show progress in lines, and the stack trace of a failure.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private final BenchPrinter printer = BenchPrinter.standard();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        BenchCommand command = new BenchCommand();
        return new CommandLine(command)
                .setParameterExceptionHandler((refused, arguments) -> {
                    PrintWriter err = refused.getCommandLine().getErr();
                    err.println("seal: " + refused.getMessage() + "; ./seal bench --help tells more");
                    err.flush();
                    return CommandLine.ExitCode.USAGE;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> command.report(failure, line.getErr()))
                .setUsageHelpAutoWidth(true);
    }

    private int report(Exception failure, PrintWriter err) {
        err.println("seal: " + failure + (verbose ? "" : " (run again with --verbose to see where)"));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws Exception {
        printer.setVerbose(verbose);
        if (list) {
            list();
            return 0;
        }
        BenchmarkSettings settings = settings();
        if (preset != null) {
            Path written = directory == null
                    ? settings.model(preset)
                    : preset.checkpoint().writeIfMissing(directory);
            printer.line("wrote " + preset + " to " + written);
            return 0;
        }
        List<Benchmark> chosen = chosen();
        requireWritable();
        measure(chosen, settings);
        return 0;
    }

    private void list() {
        int width = BENCHMARKS.stream()
                .mapToInt(benchmark -> benchmark.name().length())
                .max()
                .orElse(0);
        for (Benchmark benchmark : BENCHMARKS) {
            printer.line(
                    benchmark.name() + " ".repeat(width + 2 - benchmark.name().length()) + benchmark.summary());
        }
    }

    private BenchmarkSettings settings() {
        try {
            Path root = Path.of(System.getProperty("seal.root", ""))
                    .toAbsolutePath()
                    .normalize();
            Path models = directory == null ? root.resolve("services/dev/benchmarks/target/models") : directory;
            return new BenchmarkSettings(threads, repeats, models.toAbsolutePath(), root);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), refused.getMessage());
        }
    }

    private List<Benchmark> chosen() {
        List<Benchmark> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(BENCHMARKS.stream()
                    .filter(benchmark -> benchmark.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(spec.commandLine(), unknown(name))));
        }
        return chosen.isEmpty() ? BENCHMARKS : chosen;
    }

    private static String unknown(String name) {
        return "there is no benchmark " + name + "; there are "
                + BENCHMARKS.stream().map(Benchmark::name).collect(Collectors.joining(", "));
    }

    /** Half an hour later would be a bad time to find out. */
    private void requireWritable() {
        if (json != null && !Files.isDirectory(json.toAbsolutePath().getParent())) {
            throw new ParameterException(spec.commandLine(), "cannot write " + json + ": its directory does not exist");
        }
    }

    private void measure(List<Benchmark> chosen, BenchmarkSettings settings) throws Exception {
        Files.createDirectories(settings.directory());
        Machine machine = Machine.here();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        results.put("commit", Machine.commit(settings.root()));
        results.put("machine", machine.asMap());
        results.put("threads", settings.threads());
        results.put("repeats", settings.repeats());
        printer.line(results.get("date") + ", commit " + results.get("commit"));
        printer.line(machine.processor() + ", " + machine.cores() + " cores " + machine.instructions() + ", "
                + machine.jdk() + ", " + settings.threads() + " threads, load " + Table.text(machine.loadAverage()));
        Map<String, Object> benchmarks = new LinkedHashMap<>();
        results.put("benchmarks", benchmarks);
        for (Benchmark benchmark : chosen) {
            printer.line("");
            printer.line("## " + benchmark.name() + ": " + benchmark.summary());
            printer.line("");
            BenchmarkReport report = benchmark.run(settings, printer);
            printer.report(report);
            benchmarks.put(benchmark.name(), report.asMap());
            write(results);
        }
    }

    /** After every benchmark, so that a long run that is interrupted has not been for nothing. */
    private void write(Map<String, Object> results) throws IOException {
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), results);
        }
    }
}
