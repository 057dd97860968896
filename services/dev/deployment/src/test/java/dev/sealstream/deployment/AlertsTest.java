package dev.sealstream.deployment;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts fire on what they are for. Prometheus' own {@code promtool} decides, where it is installed. */
class AlertsTest {
    @Test
    void everyAlertIsTried() throws IOException {
        var tried = Manifests.documents(tests()).get(0).findValuesAsText("alertname");

        assertThat(Manifests.documents(Repository.ALERTS).get(0).findValuesAsText("alert"))
                .isNotEmpty()
                .allMatch(tried::contains);
    }

    @Test
    void alertsFireAndAreSilentAsTheyShould(@TempDir Path directory) throws IOException, InterruptedException {
        // Given
        var file = directory.resolve("alerts.test.yaml");
        Files.writeString(file, tests().replace("- ALERTS", "- " + Repository.ALERTS));

        // When
        var promtool = promtool(file);
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    private static Process promtool(Path file) {
        try {
            return new ProcessBuilder("promtool", "test", "rules", file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            return Assumptions.abort("promtool is not installed, so no alert can be tried: " + absent);
        }
    }

    private static String tests() throws IOException {
        try (InputStream in = AlertsTest.class.getResourceAsStream("alerts.test.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
