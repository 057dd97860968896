package dev.sealstream.integrationtests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs {@code ./seal} as a process of its own, as a person does. */
final class SealCommand {
    private SealCommand() {}

    /** What it printed, to either stream, and its exit code. */
    record Answer(int code, String text) {}

    static Answer run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sealstream.devstack.cli.Seal"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        // What is left out is about the class path of the tests, which has two providers of logging.
        String text = new String(process.getInputStream().readAllBytes())
                .lines()
                .filter(line -> !line.startsWith("SLF4J"))
                .collect(Collectors.joining("\n"));
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Answer(process.exitValue(), text);
    }
}
