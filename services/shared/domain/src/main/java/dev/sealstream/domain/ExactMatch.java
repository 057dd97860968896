package dev.sealstream.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQuAD's exact match: equal after lower-casing and dropping punctuation, the articles a, an, the, and extra spaces.
 * Source: the official SQuAD 1.1 evaluation (Rajpurkar et al. 2016).
 */
public final class ExactMatch {
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");

    private ExactMatch() {}

    /** @param answer what the model said; only its first line counts, since a base model may go on with more text */
    public static GradedAnswer grade(Question question, String answer) {
        String said = answer.strip().lines().findFirst().orElse("");
        boolean correct = normalized(said).equals(normalized(question.answer()));
        return new GradedAnswer(question.question(), question.answer(), said, correct);
    }

    static String normalized(String text) {
        String bare = text.toLowerCase(Locale.ROOT).replaceAll("\\p{Punct}", "");
        return Arrays.stream(bare.split("\\s+"))
                .filter(word -> !word.isEmpty() && !ARTICLES.contains(word))
                .collect(Collectors.joining(" "));
    }
}
