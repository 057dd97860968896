package dev.sealstream.benchmarks.jlama;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class NewerJdkTest {
    @TempDir
    Path directory;

    @Test
    void newestUsableJdkIsChosen() throws IOException {
        // Given
        Path old = jdk("17.0.15", "java.base jdk.incubator.vector");
        Path newer = jdk("21.0.2", "java.base jdk.incubator.vector");
        Path newest = jdk("25.0.3", "java.base jdk.incubator.vector");
        Path withoutVectors = jdk("26", "java.base");

        // When
        var found = NewerJdk.newest(List.of(old, newest, newer, withoutVectors, directory.resolve("nothing")));

        // Then
        assertThat(found).contains(new NewerJdk(newest, 25));
    }

    @Test
    void oldJdksAreNotChosen() throws IOException {
        // When
        var found = NewerJdk.newest(List.of(jdk("17.0.15", "jdk.incubator.vector")));

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void previewIsSwitchedOnWhereJlamasNativeClassesAreBoundToIt() throws IOException {
        // Given
        NewerJdk java21 =
                NewerJdk.newest(List.of(jdk("21", "jdk.incubator.vector"))).orElseThrow();
        NewerJdk java22 =
                NewerJdk.newest(List.of(jdk("22", "jdk.incubator.vector"))).orElseThrow();

        // When / Then
        assertThat(java21.command(directory, List.of("a=b"), directory.resolve("X.java")))
                .contains("--enable-preview", "--source=21", "-Da=b", directory + "/*");
        assertThat(java22.command(directory, List.of(), directory.resolve("X.java")))
                .doesNotContain("--enable-preview");
    }

    private Path jdk(String version, String modules) throws IOException {
        Path home = Files.createDirectories(directory.resolve(version));
        Path compiler = Files.createDirectories(home.resolve("bin")).resolve("javac");
        Files.writeString(compiler, "");
        compiler.toFile().setExecutable(true);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
        return home;
    }
}
