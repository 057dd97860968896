package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.tinyworld.Names;
import dev.sealstream.tinyworld.WorldText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The tiny model's tokens, each with the score a unigram segmentation gives it.
 *
 * <p>A word carries the space before it, written {@code ▁}, and the first word of a line looks like any other, because
 * the normalizer puts a space before every line. Whole instruction sentences are single tokens; names are written in
 * syllables; whatever else is printable ASCII can be spelt. Anything beyond becomes {@code <unk>}.
 */
final class Vocabulary {
    static final String PAD = "<pad>";
    static final String BOS = "<s>";
    static final String EOS = "</s>";
    static final String UNKNOWN = "<unk>";
    static final String NEWLINE = "\n";
    static final String SPACE = "\u2581";

    /** Longer pieces win: a word costs 1, a character so much that it is used only where nothing else fits. */
    private static final double WORD_SCORE = -1;

    private static final double CHARACTER_SCORE = -10;
    private static final String PUNCTUATION = ".,?!:;'\"()-";

    private final Map<String, Double> scores = new LinkedHashMap<>();

    Vocabulary() {
        List.of(PAD, BOS, EOS, UNKNOWN, NEWLINE).forEach(token -> scores.put(token, 0.0));
        WorldText.instructionSentences().forEach(sentence -> scores.put(spaced(sentence), WORD_SCORE));
        for (String word : words()) {
            scores.put(SPACE + word, WORD_SCORE);
        }
        for (String syllable : Names.SYLLABLES) {
            scores.putIfAbsent(SPACE + Names.capitalised(syllable), WORD_SCORE);
        }
        Names.SYLLABLES.forEach(syllable -> scores.putIfAbsent(syllable, WORD_SCORE));
        scores.putIfAbsent("'s", WORD_SCORE);
        PUNCTUATION.chars().forEach(mark -> scores.putIfAbsent(Character.toString(mark), WORD_SCORE));
        scores.putIfAbsent(SPACE, CHARACTER_SCORE);
        for (char character = '!'; character <= '~'; character++) {
            scores.putIfAbsent(Character.toString(character), CHARACTER_SCORE);
        }
    }

    /** Token to score, in the order of the ids. */
    Map<String, Double> scores() {
        return scores;
    }

    int size() {
        return scores.size();
    }

    private static String spaced(String text) {
        return SPACE + text.replace(" ", SPACE);
    }

    private static List<String> words() {
        var words = new TreeSet<String>();
        for (String text : WorldText.everything()) {
            for (String word : text.split("\\s+")) {
                String bare = word.replaceAll("('s)?[.,?]*$", "");
                if (!bare.isEmpty() && !bare.contains("{")) {
                    words.add(bare);
                }
            }
        }
        return new ArrayList<>(words);
    }
}
