package dev.sealstream.experiments.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong with the arguments is said before anything starts, in one line. */
class KnowledgeCommandTest {
    @TempDir
    Path directory;

    private record Run(int exitCode, String errors) {}

    @Test
    void absentFileOfDocuments() {
        assertFails(
                1,
                "there is no file",
                "--data",
                directory.resolve("absent.json").toString());
    }

    @Test
    void fileThatHoldsNoDocuments() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.json"), "{\"title\": 3}");

        assertFails(1, "bad.json: document 1 has", "--data", file.toString());
    }

    @Test
    void moreDocumentsThanTheFileHas() throws IOException {
        Path file = Files.writeString(
                directory.resolve("few.json"),
                "[{\"title\": \"t\", \"context\": \"c\", \"questions\": [{\"question\": \"q\", \"answer\": \"a\"}]}]");

        assertFails(1, "the file has 1 documents, the experiment needs at least", "--data", file.toString());
    }

    @Test
    void moreDocumentsThanTheTinyWorldHas() {
        assertFails(2, "the world has", "--eval", "90000");
    }

    @Test
    void numbersOutOfBounds() {
        assertFails(2, "--rounds is 0, allowed are 1 to 20", "--rounds", "0");
        assertFails(2, "--eval is 1, allowed are 2 to", "--eval", "1");
        assertFails(2, "'many' is not an int", "--edits", "many");
    }

    @Test
    void unknownPromptStyle() {
        assertFails(2, "there is no prompt style 'poem'; there are implications, ", "--prompt-style", "poem");
    }

    @Test
    void directoryWithoutAModel() {
        assertFails(1, "has no config.json", "--model", directory.toString());
        assertFails(
                1, "is not a directory", "--model", directory.resolve("absent").toString());
    }

    @Test
    void reportThatCannotBeWritten() {
        assertFails(
                1,
                "its directory does not exist",
                "--json",
                directory.resolve("a/b.json").toString());
    }

    private static void assertFails(int exitCode, String message, String... arguments) {
        Run run = run(arguments);
        assertThat(run.errors()).contains(message);
        assertThat(run.errors().strip().lines()).as(run.errors()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    private static Run run(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "knowledge";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        var errors = new StringWriter();
        int exitCode = ExperimentCommand.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute(all);
        return new Run(exitCode, errors.toString());
    }
}
