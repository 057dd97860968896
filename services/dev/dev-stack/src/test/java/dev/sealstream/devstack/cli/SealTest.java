package dev.sealstream.devstack.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class SealTest {
    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @Test
    void helpNamesEveryCommandButTheHiddenOne() {
        // When
        int code = seal("--help");

        // Then
        assertThat(code).isZero();
        assertThat(output.toString())
                .contains(
                        "demo",
                        "up",
                        "send",
                        "watch",
                        "log",
                        "show",
                        "diff",
                        "approve",
                        "reject",
                        "rollback",
                        "dead-letters")
                .doesNotContain("  broker ");
    }

    @Test
    void unknownOptionIsWrongUsage() {
        // When
        int code = seal("demo", "--speed=fast");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("--speed");
    }

    @Test
    void impossibleSizeIsWrongUsageAndNamesTheOption() {
        // When
        int code = seal("demo", "--benchmark=1");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString())
                .startsWith("seal: --benchmark is 1, allowed is 2 or more")
                .endsWith("./seal demo --help tells more\n");
    }

    @Test
    void failureIsOneLineWithoutAStackTrace(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("bad.json"), "[{}]");

        // When
        int code = seal("send", file.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString().strip()).isEqualTo("seal: " + file + ": document 1 has no title");
    }

    @Test
    void verboseFailureShowsWhere(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("bad.json"), "[{}]");

        // When
        int code = seal("send", "--verbose", file.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains("at dev.sealstream.devstack.squad.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "reject", "rollback"})
    void decisionWithoutAReasonIsWrongUsageBeforeAnythingIsAsked(String command) {
        // When
        int missing = seal(command, "3");
        int empty = seal(command, "3", "--why", " ");

        // Then
        assertThat(missing).isEqualTo(2);
        assertThat(empty).isEqualTo(2);
        assertThat(errors.toString())
                .contains("seal: --why is missing; allowed: any text, which the lineage keeps for ever; say in a"
                        + " sentence why: --why \"…\"")
                .contains("seal: --why is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log",
                "show 3",
                "diff 1 2",
                "approve a --why b",
                "reject a --why b",
                "rollback 1 --why b",
                "dead-letters list",
                "dead-letters show seal.updates 1",
                "dead-letters replay seal.updates --all"
            })
    void lineageOfAStackThatIsNotRunningIsRefusedWithTheRemedy(String line, @TempDir Path state) {
        // When
        int code = seal((line + " --state " + state).split(" "));

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString().strip())
                .isEqualTo("seal: no stack is running; start one with ./seal up, or name a broker with --bootstrap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "watch", "dead-letters list", "rollback 1 --why b"})
    void clientConfigThatIsNotThereIsOneLine(String line, @TempDir Path directory) {
        // When
        int code = seal((line + " --client-config " + directory.resolve("absent")).split(" "));

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString().strip())
                .startsWith("seal: --client-config is " + directory.resolve("absent"))
                .hasLineCount(1);
    }

    @Test
    void truststoreThatIsNotThereIsNamedInOneLine(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(
                directory.resolve("client.properties"),
                "bootstrap.servers=localhost:1\nsecurity.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=absent.pem");

        // When
        int code = seal("log", "--client-config", file.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString().strip())
                .startsWith("seal: no Kafka client can be made with the settings [")
                .contains("absent.pem")
                .hasLineCount(1);
    }

    @Test
    void replayOfNothingOrOfBothIsWrongUsage() {
        // When
        int neither = seal("dead-letters", "replay", "seal.updates");
        int both = seal("dead-letters", "replay", "seal.updates", "3", "--all");

        // Then
        assertThat(neither).isEqualTo(2);
        assertThat(both).isEqualTo(2);
        assertThat(errors.toString())
                .contains(
                        "neither a number nor --all is given; say which letter, or --all for every one of seal.updates")
                .contains("both a number and --all are given");
    }

    private int seal(String... arguments) {
        return Seal.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}
