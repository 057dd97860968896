package dev.sealstream.experiments.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

class Files256Test {
    @TempDir
    Path directory;

    @Test
    void filesAreHashedByContent() throws IOException {
        // Given: the SHA-256 of "abc", from FIPS 180-2
        Files.writeString(directory.resolve("file"), "abc");

        // When, then
        assertThat(Files256.ofDirectory(directory))
                .containsEntry("file", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void jarsAreTheSameWhateverTheOrderAndTheDatesOfTheirEntries() throws IOException {
        // Given
        Path one = jar("one/a.jar", 1_000_000_000_000L, "x", "y");
        Path other = jar("other/a.jar", 1_500_000_000_000L, "y", "x");
        Path third = jar("third/a.jar", 1_000_000_000_000L, "x", "z");

        // When, then
        assertThat(Files256.ofJars(List.of(one))).isEqualTo(Files256.ofJars(List.of(other)));
        assertThat(Files256.ofJars(List.of(one))).isNotEqualTo(Files256.ofJars(List.of(third)));
    }

    private Path jar(String name, long millis, String... entries) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String content : entries) {
                var entry = new ZipEntry(content);
                entry.setTime(millis);
                zip.putNextEntry(entry);
                zip.write(content.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
