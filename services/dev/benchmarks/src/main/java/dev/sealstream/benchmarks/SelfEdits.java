package dev.sealstream.benchmarks;

import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.TrainingSequence;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Training data of the shape SEAL has for one passage: a few self-edits, each trained several times, each of nine
 * sequences of 10 to 180 tokens.
 *
 * <p>Tokens are random: what a step costs does not depend on what they say.
 */
final class SelfEdits {
    static final int EDITS = 5;
    static final int REPEATS = 3;
    static final int SEQUENCES = 9;
    static final int SHORTEST = 10;
    static final int LONGEST = 180;
    static final int QUESTIONS = 5;
    static final int QUESTION_TOKENS = 24;

    private static final int FIRST_WORD = 4;

    private final int vocabulary;

    /** Words are the tokens from 4 on; those before are special. */
    SelfEdits(int vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** One task for each repeat of each edit, edit by edit; repeats differ in their seed alone. */
    List<AdapterTask> rolloutGroup() {
        List<AdapterTask> tasks = new ArrayList<>();
        for (int edit = 0; edit < EDITS; edit++) {
            List<TrainingSequence> sequences = sequences(edit, SEQUENCES);
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                tasks.add(new AdapterTask("edit-" + edit + "-repeat-" + repeat, 100L * edit + repeat, sequences));
            }
        }
        return tasks;
    }

    /** Sequences of one edit. */
    List<TrainingSequence> sequences(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingSequence> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(new TrainingSequence(tokens(random, random.nextInt(SHORTEST, LONGEST + 1)), 0));
        }
        return sequences;
    }

    /** A prompt of so many words. */
    int[] prompt(long seed, int tokens) {
        return tokens(new SplittableRandom(seed), tokens);
    }

    private int[] tokens(SplittableRandom random, int count) {
        return random.ints(count, FIRST_WORD, vocabulary).toArray();
    }

    static int tokens(List<AdapterTask> tasks) {
        return tasks.stream()
                .flatMap(task -> task.sequences().stream())
                .mapToInt(sequence -> sequence.tokens().length)
                .sum();
    }
}
