package dev.sealstream.devstack.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Command line of a child that runs on the same JDK as the launcher.
 *
 * <p>The first argument marks the process with the state directory it belongs to: a later launcher recognises its
 * leftovers by it. Where the system has {@code setsid}, the child gets a session of its own, so that Ctrl-C in the
 * terminal reaches only the launcher, which then stops the children in order.
 *
 * @param startedBy words before the command, such as {@code taskset -c 0}: a program that becomes the one it is told to start
 */
public record JavaCommand(
        Path stateDirectory,
        String name,
        int heapMegabytes,
        Map<String, String> systemProperties,
        List<String> startedBy,
        List<String> programAndArguments) {

    public JavaCommand {
        if (heapMegabytes < 16) {
            throw new IllegalArgumentException(
                    name + ": a heap of " + heapMegabytes + " MB starts no JVM; at least 16 MB");
        }
        systemProperties = Map.copyOf(systemProperties);
        startedBy = List.copyOf(startedBy);
        programAndArguments = List.copyOf(programAndArguments);
    }

    /** The argument that marks every process of the stack whose state is kept in that directory. */
    public static String marker(Path stateDirectory) {
        return "-Dseal.stack=" + stateDirectory.toAbsolutePath().normalize();
    }

    public List<String> line() {
        List<String> line = new ArrayList<>();
        String setsid = setsid();
        if (setsid != null) {
            line.add(setsid);
        }
        line.addAll(startedBy);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add(marker(stateDirectory));
        line.add("-Dseal.process=" + name);
        line.add("-Xmx" + heapMegabytes + "m");
        line.add("-XX:+UseSerialGC");
        // Halves the processor time of a start; what takes long in this stack is native code, not Java.
        line.add("-XX:TieredStopAtLevel=1");
        systemProperties.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(setting -> line.add("-D" + setting.getKey() + "=" + setting.getValue()));
        line.addAll(programAndArguments);
        return List.copyOf(line);
    }

    private static String setsid() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(directory, "setsid");
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return null;
    }
}
