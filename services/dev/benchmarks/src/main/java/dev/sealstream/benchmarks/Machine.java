package dev.sealstream.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where figures come from.
 *
 * @param instructions of the processor that matter to matrix products
 * @param loadAverage processes that wanted a core in the minute before; above 0.5 others were at work too
 */
record Machine(String processor, int cores, List<String> instructions, String jdk, double loadAverage) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> INTERESTING =
            List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "sve", "bf16");

    static Machine here() {
        return new Machine(
                line("model name"),
                Runtime.getRuntime().availableProcessors(),
                Stream.of((line("flags") + " " + line("Features")).split(" "))
                        .filter(INTERESTING::contains)
                        .toList(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Whether the processor multiplies bfloat16 itself. */
    boolean hasBfloat16() {
        return instructions.stream().anyMatch(name -> name.endsWith("bf16"));
    }

    private static String line(String key) {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }

    /** Short hash of the checked-out commit, marked when files differ from it; "unknown" outside a clone. */
    static String commit(Path root) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? commit : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("processor", processor);
        map.put("cores", cores);
        map.put("instructions", instructions);
        map.put("jdk", jdk);
        map.put("loadAverage", loadAverage);
        return map;
    }
}
