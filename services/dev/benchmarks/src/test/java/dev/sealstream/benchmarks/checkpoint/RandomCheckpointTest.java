package dev.sealstream.benchmarks.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RandomCheckpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private static CheckpointShape small(Family family) {
        return new CheckpointShape(family, 64, 32, 128, 2, 4, family == Family.GPT2 ? 4 : 2, 8, 32, true);
    }

    @ParameterizedTest
    @CsvSource({
        "LLAMA, F32, 1",
        "LLAMA, F16, 1",
        "LLAMA, BF16, 3",
        "QWEN2, F32, 2",
        "QWEN2, BF16, 1",
        "MISTRAL, F32, 1",
        "QWEN3, BF16, 2",
        "GPT2, F32, 1"
    })
    void libraryReadsWhatIsWritten(Family family, StoredType type, int shards) {
        // Given
        new RandomCheckpoint(small(family), type, shards, 0.1f, 7).write(directory);

        // When
        try (LanguageModel model = LanguageModel.load(directory, LoadOptions.cpu())) {
            var completions = model.generate(
                    List.of(new Prompt(new int[] {5, 6, 7}, 0, Prompt.NO_ADAPTER)),
                    Sampling.greedy(4, Set.of()),
                    List.of());

            // Then
            assertThat(completions.get(0).tokens()).hasSize(4);
            for (float logProbability : completions.get(0).logProbabilities()) {
                assertThat(logProbability).isFinite().isNegative();
            }
            assertThat(model.tokenizer().encode("w5 w63")).containsExactly(5, 63);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void headerCoversTheFileWithoutGapsAndCountsEveryParameter(Family family) throws IOException {
        // Given
        RandomCheckpoint checkpoint = new RandomCheckpoint(small(family), StoredType.BF16);

        // When
        checkpoint.write(directory);

        // Then
        byte[] file = Files.readAllBytes(directory.resolve("model.safetensors"));
        int header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
        assertThat(file).hasSize(Math.toIntExact(Long.BYTES + header + checkpoint.bytes()));
        long end = 0;
        for (JsonNode tensor : JSON.readTree(file, Long.BYTES, header)) {
            if (tensor.has("data_offsets")) {
                assertThat(tensor.path("data_offsets").path(0).asLong()).isEqualTo(end);
                end = tensor.path("data_offsets").path(1).asLong();
            }
        }
        assertThat(end).isEqualTo(checkpoint.bytes());
    }

    @Test
    void publishedModelsHaveAsManyParameters() {
        // When
        long parameters = CheckpointShape.QWEN2_1_5B.parameters();

        // Then: the model card of Qwen2.5-1.5B says 1.54 billion, 1.31 without the embedding
        assertThat(parameters).isEqualTo(1_543_714_304L);
        assertThat(parameters - 151_936L * 1536).isBetween(1_305_000_000L, 1_315_000_000L);
    }

    @Test
    void valuesSpreadAsAsked() throws IOException {
        // Given
        var checkpoint = new RandomCheckpoint(
                new CheckpointShape(Family.LLAMA, 4096, 64, 64, 1, 1, 1, 64, 32, true), StoredType.F32, 1, 0.5f, 3);

        // When
        checkpoint.write(directory);

        // Then
        byte[] file = Files.readAllBytes(directory.resolve("model.safetensors"));
        var values = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        values.position(Long.BYTES + values.getInt(0));
        double sum = 0;
        double squares = 0;
        int count = 4096 * 64;
        for (int i = 0; i < count; i++) {
            double value = values.getFloat();
            sum += value;
            squares += value * value;
        }
        // Five standard errors, of the table's 65,536 values and of the draws.
        assertThat(sum / count).isBetween(-0.015, 0.015);
        assertThat(Math.sqrt(squares / count)).isBetween(0.49, 0.51);
    }

    @Test
    void sameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        // Given
        var checkpoint = new RandomCheckpoint(small(Family.LLAMA), StoredType.F32, 1, 0.1f, 1);
        var other = new RandomCheckpoint(small(Family.LLAMA), StoredType.F32, 1, 0.1f, 2);

        // When
        checkpoint.write(directory.resolve("first"));
        checkpoint.write(directory.resolve("second"));
        other.write(directory.resolve("third"));

        // Then
        Path file = Path.of("model.safetensors");
        assertThat(directory.resolve("second").resolve(file))
                .hasSameBinaryContentAs(directory.resolve("first").resolve(file));
        assertThat(Files.mismatch(
                        directory.resolve("first").resolve(file),
                        directory.resolve("third").resolve(file)))
                .isNotNegative();
    }

    @Test
    void shardsHoldEveryTensorOnceAndAreOfLikeSize() throws IOException {
        // Given
        var checkpoint = new RandomCheckpoint(small(Family.QWEN2), StoredType.BF16, 3, 0.1f, 1);

        // When
        checkpoint.write(directory);

        // Then
        JsonNode index =
                JSON.readTree(directory.resolve("model.safetensors.index.json").toFile());
        assertThat(index.path("weight_map"))
                .hasSize(small(Family.QWEN2).shapes().size());
        for (int shard = 1; shard <= 3; shard++) {
            Path file = directory.resolve("model-0000" + shard + "-of-00003.safetensors");
            assertThat(Files.size(file)).isLessThan(checkpoint.bytes() * 3 / 4);
        }
        assertThat(directory.resolve("model.safetensors")).doesNotExist();
    }

    @Test
    void modelThatIsThereIsNotWrittenAgain() throws IOException {
        // Given
        var checkpoint = new RandomCheckpoint(small(Family.LLAMA), StoredType.F32);
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Path weights = checkpoint.write(directory).resolve("model.safetensors");
        Files.setLastModifiedTime(weights, longAgo);

        // When
        checkpoint.writeIfMissing(directory);

        // Then
        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(longAgo);
    }

    @Test
    void anotherModelReplacesTheOneThatIsThere() {
        // Given
        new RandomCheckpoint(small(Family.LLAMA), StoredType.F32, 2, 0.1f, 1).write(directory);

        // When
        new RandomCheckpoint(small(Family.LLAMA), StoredType.F32, 1, 0.1f, 2).writeIfMissing(directory);

        // Then
        assertThat(directory.resolve("model.safetensors")).exists();
        assertThat(directory.resolve("model.safetensors.index.json")).doesNotExist();
    }

    @Test
    void moreShardsThanTensorsAreRefused() {
        // When / Then
        assertThatThrownBy(() -> new RandomCheckpoint(small(Family.LLAMA), StoredType.F32, 99, 0.1f, 1))
                .hasMessage("shards is 99; 1 to 20 are allowed, the number of tensors");
    }
}
