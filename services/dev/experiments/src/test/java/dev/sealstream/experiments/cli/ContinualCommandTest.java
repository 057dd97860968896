package dev.sealstream.experiments.cli;

import dev.sealstream.experiments.continual.ContinualSettings;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ContinualCommandTest {
    @Test
    void unknownMethodAndNumbersOutOfBoundsAreUsageErrors() {
        assertFails("--method names 'magic', allowed are none, gated", "--method", "magic");
        assertFails("--sequences is 1, allowed are 2 to 1000", "--sequences", "1");
        assertFails("the world has", "--sequences", "1000", "--length", "16");
    }

    @Test
    void plainMergingRunsWithAnOpenGateAndTheMethodWithTheGateAsItIs() {
        // Given
        var settings = new ContinualSettings("replay,kl", 2, 2, 5, 2, 1, Map.of("seal.inner-loop.epochs", "15"));

        // When
        var method = ContinualCommand.serviceSettings(settings, "replay,kl");
        var plain = ContinualCommand.serviceSettings(settings, "none");

        // Then
        assertThat(method)
                .containsEntry("seal.inner-loop.forgetting", "replay,kl")
                .containsEntry("seal.inner-loop.epochs", "15")
                .doesNotContainKey("seal.checkpoint-gate.tolerance");
        assertThat(plain)
                .containsEntry("seal.inner-loop.forgetting", "none")
                .containsEntry("seal.checkpoint-gate.tolerance", "1");
    }

    private static void assertFails(String message, String... arguments) {
        var errors = new StringWriter();
        var all = new String[arguments.length + 1];
        all[0] = "continual";
        System.arraycopy(arguments, 0, all, 1, arguments.length);

        int exitCode =
                ExperimentCommand.commandLine().setErr(new PrintWriter(errors)).execute(all);

        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }
}
