package dev.sealstream.devstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether this machine's processor multiplies bfloat16 itself; without such instructions bfloat16 is slower than float32. */
public final class Bfloat16 {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Bfloat16() {}

    /** False also where the processor cannot be asked. */
    public static boolean supported() {
        return supported(CPU_INFO);
    }

    static boolean supported(Path cpuInfo) {
        try (Stream<String> lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .anyMatch(flags -> flags.contains(" avx512_bf16") || flags.contains(" amx_bf16"));
        } catch (IOException unreadable) {
            return false;
        }
    }
}
