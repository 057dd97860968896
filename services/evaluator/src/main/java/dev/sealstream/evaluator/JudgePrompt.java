package dev.sealstream.evaluator;

import dev.sealstream.domain.Grader;

import java.util.Optional;
import java.util.regex.Pattern;

/** What the judge is asked and how its words are read; both as SEAL's code does (arXiv 2506.10943). */
final class JudgePrompt {
    private static final Pattern YES = Pattern.compile("\\byes\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO = Pattern.compile("\\bno\\b", Pattern.CASE_INSENSITIVE);

    private JudgePrompt() {}

    static String of(Grader.Answer answer) {
        return "You are a grading assistant. Your job is to determine whether a student's answer correctly answers the"
                + " question based solely on the provided gold answer. Do not use any outside knowledge. The student answer"
                + " can include additional information, but it must at least fully convey the gold answer and must not"
                + " contradict it. Ignore style, phrasing, or extra details that do not affect correctness. Respond ONLY with"
                + " 'yes' or 'no'.\n\nQuestion: " + answer.question().question() + "\nGold answer: "
                + answer.question().answer() + "\nStudent answer: "
                + answer.said().strip()
                + "\nIs the student answer correct based solely on the gold answer? Respond 'yes' or 'no'.";
    }

    /** Empty for words that say neither or both, which SEAL counts as no. */
    static Optional<Boolean> verdict(String judgement) {
        boolean yes = YES.matcher(judgement).find();
        boolean no = NO.matcher(judgement).find();
        return yes == no ? Optional.empty() : Optional.of(yes);
    }
}
