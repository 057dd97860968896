package dev.sealstream.domain;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * SQuAD's normalisation of answers: lower case, no ASCII punctuation, no articles a, an, the, single spaces, in this order.
 * Source: the official SQuAD 1.1 evaluation (Rajpurkar et al. 2016).
 */
final class SquadText {
    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
    private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private SquadText() {}

    static String normalized(String text) {
        return String.join(" ", words(text));
    }

    /** The words of the normalised text. */
    static List<String> words(String text) {
        String bare = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        String withoutArticles = ARTICLES.matcher(bare).replaceAll(" ");
        return Stream.of(SPACES.split(withoutArticles))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
