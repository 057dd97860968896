package dev.sealstream.devstack.cli;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void intoAFileOnlyPlainLinesAreWritten() {
        // Given
        Terminal terminal = new Terminal(out, false, false, 80);

        // When
        terminal.status("half way");
        terminal.line(terminal.bold("done"));

        // Then
        assertThat(written()).isEqualTo("done\n");
    }

    @Test
    void onATerminalTheStatusIsReplacedByTheNextOutput() {
        // Given
        Terminal terminal = new Terminal(out, true, false, 80);

        // When
        terminal.status("50 %");
        terminal.status("9 %");
        terminal.line("done");

        // Then
        assertThat(written()).isEqualTo("\r50 %\r9 % \r   \rdone\n");
    }

    @Test
    void statusNeverWrapsOntoASecondLine() {
        // Given
        Terminal terminal = new Terminal(out, true, false, 10);

        // When
        terminal.status("0123456789");

        // Then
        assertThat(written()).isEqualTo("\r012345678");
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
