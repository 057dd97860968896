package dev.sealstream.devstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Memory that new processes may still take, in bytes: what the system can spare, or what a container's limit leaves,
 * whichever is less. Empty on systems that do not say (anything but Linux).
 */
final class AvailableMemory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path CONTAINER = Path.of("/sys/fs/cgroup");

    private AvailableMemory() {}

    static OptionalLong bytes() {
        return bytes(MEMINFO, CONTAINER);
    }

    static OptionalLong bytes(Path meminfo, Path container) {
        long[] known = {systemBytes(meminfo), containerBytes(container)};
        return Arrays.stream(known).filter(bytes -> bytes >= 0).min();
    }

    private static long systemBytes(Path meminfo) {
        return field(read(meminfo), "MemAvailable:", 1024);
    }

    /** Control groups, version 2: the limit less what is used, not counting file pages that can be dropped. */
    private static long containerBytes(Path container) {
        long limit = number(read(container.resolve("memory.max")).strip());
        long used = number(read(container.resolve("memory.current")).strip());
        long droppable = Math.max(0, field(read(container.resolve("memory.stat")), "inactive_file", 1));
        return limit < 0 || used < 0 ? -1 : Math.max(0, limit - used + droppable);
    }

    private static long field(String text, String name, long unit) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line ->
                        unit * number(line.substring(name.length()).strip().split(" ")[0]))
                .findFirst()
                .orElse(-1);
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }
}
