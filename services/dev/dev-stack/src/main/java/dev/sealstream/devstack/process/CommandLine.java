package dev.sealstream.devstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Command line of a running process. */
final class CommandLine {

    private CommandLine() {}

    /** Arguments joined by blanks; empty when the system does not tell. */
    static String of(ProcessHandle process) {
        Path linux = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            // The JDK gives up on lines longer than a memory page; a class path easily is.
            return new String(Files.readAllBytes(linux), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException notLinux) {
            return process.info().commandLine().orElse("");
        }
    }
}
