package dev.sealstream.languagemodel;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an adapter that is kept beside the weights is about: texts that name its title switch it on.
 *
 * @param title what a text must name, word by word; upper and lower case and punctuation do not matter
 * @param words of the document that was learnt, in lower case; they tell documents with the same title apart
 */
public record AdapterTopic(String title, Set<String> words) {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    public AdapterTopic {
        if (!isNameable(title)) {
            throw new IllegalArgumentException(
                    "title '" + title + "' of an adapter has no word; give one that questions about it name");
        }
        words = Collections.unmodifiableSet(new TreeSet<>(words));
    }

    /** Whether a title has a word that a text could name. */
    public static boolean isNameable(String title) {
        return !phrase(title).isBlank();
    }

    /** @param text the document */
    public static AdapterTopic of(String title, String text) {
        return new AdapterTopic(title, words(text));
    }

    boolean isNamedIn(String phrase) {
        return phrase.contains(phrase(title));
    }

    /** Words in lower case, each between single spaces, so that a title matches whole words only. */
    static String phrase(String text) {
        return " " + String.join(" ", split(text)) + " ";
    }

    static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(split(text)));
    }

    private static String[] split(String text) {
        return Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }
}
