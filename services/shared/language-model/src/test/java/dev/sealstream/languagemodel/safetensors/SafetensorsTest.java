package dev.sealstream.languagemodel.safetensors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SafetensorsTest {
    private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    private byte[] bytes;

    @TempDir
    Path directory;

    @BeforeEach
    void write() {
        tensors.put("second", FloatTensor.of(new float[] {1, -2.5f, 3e-30f, Float.MAX_VALUE, 0, -0f}, 2, 3));
        tensors.put("first", FloatTensor.of(new float[] {7}, 1));
        bytes = Safetensors.bytes(tensors);
    }

    @Test
    void tensorsSurviveARoundTripInTheirOrder() {
        Map<String, FloatTensor> read = Safetensors.read("x.safetensors", bytes);

        assertThat(read.keySet()).containsExactly("second", "first");
        assertThat(read.get("second").shape()).containsExactly(2L, 3L);
        assertThat(read.get("second").values()).isEqualTo(tensors.get("second").values());
        assertThat(Safetensors.bytes(read)).isEqualTo(bytes);
    }

    @Test
    void mappedFileGivesTheSameValues() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(file(bytes))) {
            float[] values = new float[6];
            TensorEntry entry = file.entry("second", 2, 3);
            file.map(entry, 0, 12).asFloatBuffer().get(values, 0, 3);
            file.map(entry, 12, 12).asFloatBuffer().get(values, 3, 3);

            assertThat(values).isEqualTo(tensors.get("second").values());
        }
    }

    @Test
    void truncatedFileIsRefusedWithFileTensorAndSizes() throws IOException {
        Path file = file(Arrays.copyOf(bytes, bytes.length - 2));

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("tensor first")
                .hasMessageContaining(bytes.length + "")
                .hasMessageContaining((bytes.length - 2) + "")
                .hasMessageContaining("truncated");
    }

    @Test
    void fileThatEndsInItsHeaderIsRefused() throws IOException {
        for (int length : new int[] {0, 3, 8, 40}) {
            Path file = file(Arrays.copyOf(bytes, length));

            assertThatThrownBy(() -> SafetensorsFile.open(file))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessageContaining("truncated");
        }
    }

    @Test
    void otherShapeThanAskedForIsRefusedWithBoth() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(file(bytes))) {
            assertThatThrownBy(() -> file.entry("second", 3, 2))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessageContaining("model.safetensors")
                    .hasMessageContaining("second")
                    .hasMessageContaining("[2, 3]")
                    .hasMessageContaining("[3, 2]");
            assertThatThrownBy(() -> file.entry("third", 1)).hasMessageContaining("no tensor third");
        }
    }

    @Test
    void shapeThatDoesNotFitItsBytesIsRefused() {
        byte[] wrong = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("[2,3]", "[2,4]")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Safetensors.read("x.safetensors", wrong))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("tensor second of x.safetensors")
                .hasMessageContaining("expected 32 bytes");
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(directory.resolve("model.safetensors"), content);
    }
}
