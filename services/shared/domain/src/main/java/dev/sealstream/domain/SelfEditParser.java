package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Turns a completion into training sequences, exactly as SEAL's code does ({@code build_train_sequences}, arXiv 2506.10943).
 *
 * <p>The completion is split on {@code ---} and, for a single
 * passage, on line ends, with a preamble before {@code 1.} dropped; what has questions and answers is split before each
 * {@code Question n:} instead. The passage itself comes last, and every sequence
 * is prefixed with the title and a newline so that the model knows what it is about.
 *
 * <p>Later revisions of SEAL's code also drop what stands before a line {@code Implications:} and keep thirty pieces at most;
 * the rollouts it published were made without, and so are ours.
 *
 * <p>One rule is ours: SEAL tells questions and answers by their text alone, so a self-QA edit of a single question, whose
 * number stands in the prompt, would fall into lines; here the style says what it is.
 */
public final class SelfEditParser {
    /** The line ends of Python's {@code str.splitlines}. */
    private static final Pattern LINE_END = Pattern.compile("\\R|[\\x1c-\\x1e]");

    private static final Pattern QUESTION = Pattern.compile("Question\\s+\\d+:");
    private static final Pattern ANSWER = Pattern.compile("Answer\\s*:");
    private static final Pattern QUESTION_LINE = Pattern.compile("\\n(?=Question\\s+\\d+:)");

    private SelfEditParser() {}

    /** For one passage: each line, or each question with its answer, is a sequence of its own. */
    public static List<String> trainingSequences(PromptStyle style, String title, String context, String completion) {
        boolean questions = style == PromptStyle.SELF_QA
                || QUESTION.matcher(completion).find()
                        && ANSWER.matcher(completion).find();
        return sequences(title, context, questions ? questions(completion) : lines(segments(completion)));
    }

    /** For continued pre-training on many passages: what stands between {@code ---} stays together. */
    public static List<String> pretrainingSequences(String title, String context, String completion) {
        return sequences(title, context, segments(completion));
    }

    private static List<String> sequences(String title, String context, List<String> pieces) {
        var sequences = new ArrayList<String>();
        pieces.stream().filter(Predicate.not(String::isBlank)).forEach(piece -> sequences.add(title + "\n" + piece));
        sequences.add(title + "\n" + Texts.strip(context));
        return sequences;
    }

    private static List<String> lines(List<String> segments) {
        var lines = segments.stream()
                .flatMap(LINE_END::splitAsStream)
                .map(Texts::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        boolean preamble = lines.size() > 1 && lines.get(1).startsWith("1.");
        return preamble ? lines.subList(1, lines.size()) : lines;
    }

    /** The prompt ends with {@code Question 1: }, so the completion begins inside the first question. */
    private static List<String> questions(String completion) {
        var questions = new ArrayList<>(List.of(QUESTION_LINE.split(Texts.strip(completion))));
        String first = Texts.strip(questions.get(0));
        if (!first.isEmpty() && !first.startsWith("Question")) {
            questions.set(0, "Question 1: " + first);
        }
        return questions;
    }

    private static List<String> segments(String completion) {
        return Arrays.stream(completion.split("---"))
                .map(Texts::strip)
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
