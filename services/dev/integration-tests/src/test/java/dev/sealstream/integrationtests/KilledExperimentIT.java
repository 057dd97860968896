package dev.sealstream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** An experiment whose runner is killed goes on when the same command is given again, and finds the same. */
class KilledExperimentIT {
    private static final String MAIN = "dev.sealstream.experiments.cli.ExperimentCommand";

    @Test
    void sameCommandAfterAKillFindsWhatAnUndisturbedRunFinds(@TempDir Path directory) throws Exception {
        // Given
        Path undisturbed = directory.resolve("undisturbed");
        Path disturbed = directory.resolve("disturbed");
        List<String> expected = run(undisturbed, line -> false);
        assertThat(expected).as(String.join("\n", expected)).anyMatch(line -> line.contains("report   "));

        // When
        List<String> killed = run(disturbed, line -> line.contains("base policy  ") && !line.contains("  0/"));
        List<String> resumed = run(disturbed, line -> false);

        // Then
        assertThat(killed).noneMatch(line -> line.contains("report   "));
        assertThat(resumed).as(String.join("\n", resumed)).anyMatch(line -> line.contains("Going on in "));
        assertThat(resumed).anyMatch(line -> line.contains("rollouts were done by an earlier start"));
        assertThat(findings(disturbed)).isEqualTo(findings(undisturbed));
        assertThat(findings(disturbed).path("arms")).hasSize(6);
    }

    /** Runs the command in a process of its own and kills that process when it prints a certain line. */
    private static List<String> run(Path folder, Predicate<String> killAt) throws IOException, InterruptedException {
        String root = System.getProperty("sealstream.root");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process runner = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-Dfile.encoding=UTF-8",
                        "-Dseal.root=" + root,
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN,
                        "knowledge",
                        "--rounds=1",
                        "--passages=3",
                        "--eval=3",
                        "--gate=2",
                        "--edits=2",
                        "--repeats=2",
                        "--no-memory-check",
                        "--out=" + folder)
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (var output = new BufferedReader(new InputStreamReader(runner.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (killAt.test(line)) {
                    runner.destroyForcibly();
                    break;
                }
            }
        }
        runner.waitFor();
        return lines;
    }

    private static JsonNode findings(Path folder) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("report.json").toFile())
                .path("findings");
    }
}
