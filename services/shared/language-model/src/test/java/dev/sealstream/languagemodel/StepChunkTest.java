package dev.sealstream.languagemodel;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class StepChunkTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    @Test
    void nineOfTenTokensAreRealOnDataLikeSeals() {
        // Given five self-edits of nine sequences, three repeats each
        List<List<PackedRow.Target>> targets = selfEdits(5, 3);

        // When
        List<StepChunk> chunks = StepChunk.cut(targets, NO_LIMIT);

        // Then
        double real = chunks.stream().mapToInt(StepChunk::realTokens).sum();
        double processed = chunks.stream()
                .mapToInt(chunk -> chunk.adapters().length * chunk.blockTokens())
                .sum();
        assertThat(real / processed).isGreaterThan(0.9);
        assertThat(chunks).hasSizeLessThan(targets.size());
    }

    @Test
    void everySequenceIsInOneChunkOfItsAdapter() {
        // Given an adapter without sequences among others, and little room
        List<List<PackedRow.Target>> targets = new ArrayList<>(selfEdits(3, 2));
        targets.add(2, List.of());

        // When
        List<StepChunk> chunks = StepChunk.cut(targets, 500);

        // Then
        List<List<PackedRow.Target>> found = new ArrayList<>();
        targets.forEach(own -> found.add(new ArrayList<>()));
        for (StepChunk chunk : chunks) {
            assertThat(chunk.adapters().length * chunk.blockTokens()).isLessThanOrEqualTo(500);
            assertThat(chunk.adapters()).doesNotHaveDuplicates();
            for (int k = 0; k < chunk.adapters().length; k++) {
                found.get(chunk.adapters()[k]).addAll(chunk.sequences().get(k));
            }
        }
        for (int k = 0; k < targets.size(); k++) {
            assertThat(found.get(k)).containsExactlyInAnyOrderElementsOf(targets.get(k));
        }
    }

    @Test
    void bucketsOfAttentionHoldEverySequenceOnceAndFewFillers() {
        // Given
        int[] lengths = new Random(3).ints(200, 10, 181).toArray();

        // When
        List<List<Integer>> buckets = AttentionBuckets.of(lengths, 4);

        // Then
        assertThat(buckets.stream().flatMap(List::stream)).hasSize(200).doesNotHaveDuplicates();
        double filled = buckets.stream()
                .mapToInt(bucket -> bucket.size() * lengths[bucket.get(0)])
                .sum();
        assertThat(Arrays.stream(lengths).sum() / filled).isGreaterThan(0.9);
        for (List<Integer> bucket : buckets) {
            assertThat(bucket).allMatch(i -> lengths[i] <= lengths[bucket.get(0)]);
        }
    }

    private static List<List<PackedRow.Target>> selfEdits(int edits, int repeats) {
        Random random = new Random(1);
        List<List<PackedRow.Target>> targets = new ArrayList<>();
        for (int edit = 0; edit < edits; edit++) {
            List<PackedRow.Target> sequences = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                int length = 10 + random.nextInt(171);
                float[] weights = new float[length];
                sequences.add(new PackedRow.Target(new int[length], weights, weights, 0));
            }
            for (int repeat = 0; repeat < repeats; repeat++) {
                targets.add(sequences);
            }
        }
        return targets;
    }
}
