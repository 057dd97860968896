package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns a completion into training sequences, exactly as SEAL's code does for a single passage.
 *
 * <p>The completion is split on {@code ---} and on line ends; a preamble before {@code 1.} is dropped; question-answer
 * edits are split before each {@code Question n:}. The passage itself comes last, and every sequence is prefixed with
 * the title and a newline so that the model knows what it is about.
 */
public final class SelfEditParser {
    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final Pattern QUESTION_START = Pattern.compile("(?=Question \\d+:)");

    private SelfEditParser() {}

    public static List<String> trainingSequences(PromptStyle style, String title, String context, String completion) {
        var pieces = new ArrayList<>(style == PromptStyle.SELF_QA ? questions(completion) : lines(completion));
        pieces.add(Texts.strip(context));
        return pieces.stream().map(piece -> title + "\n" + piece).toList();
    }

    private static List<String> lines(String completion) {
        var lines = segments(completion)
                .flatMap(LINE_END::splitAsStream)
                .map(Texts::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        boolean preamble = lines.size() > 1 && lines.get(1).startsWith("1.");
        return preamble ? lines.subList(1, lines.size()) : lines;
    }

    /** The prompt ends with {@code Question 1:}, so the completion begins inside the first question. */
    private static List<String> questions(String completion) {
        String whole = completion.stripLeading().startsWith("Question 1:") ? completion : "Question 1:" + completion;
        return segments(whole)
                .flatMap(QUESTION_START::splitAsStream)
                .map(Texts::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    private static Stream<String> segments(String completion) {
        return Arrays.stream(completion.split("---"));
    }
}
