package dev.sealstream.devstack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class Bfloat16Test {
    @TempDir
    Path directory;

    @Test
    void instructionsAreFoundAmongTheProcessorsFlags() throws Exception {
        assertThat(supported("flags\t\t: fpu avx2 avx512f avx512_bf16")).isTrue();
        assertThat(supported("flags\t\t: fpu avx2 avx512f")).isFalse();
        assertThat(supported("model name\t: with avx512_bf16 in its name")).isFalse();
    }

    @Test
    void whereTheProcessorCannotBeAskedTheyAreNotAssumed() {
        assertThat(Bfloat16.supported(directory.resolve("absent"))).isFalse();
    }

    private boolean supported(String line) throws Exception {
        return Bfloat16.supported(Files.writeString(directory.resolve("cpuinfo"), "processor\t: 0\n" + line));
    }
}
