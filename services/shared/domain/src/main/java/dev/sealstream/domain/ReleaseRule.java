package dev.sealstream.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When a candidate is better than the head it was measured on.
 *
 * <p>Every candidate must leave alone what is not its business: on held-out documents neither the bare knowledge nor what is
 * learnt from a passage may drop, nor may what was learnt for good be lost. Beyond that a policy candidate's self-edits must
 * teach more than the head's, beyond noise; a knowledge candidate must know its own datum better, and its self-edits must not
 * teach less.
 *
 * @param tolerance largest accepted drop of mean accuracy on held-out documents, 0 to 1; larger releases more and forgets
 *     more
 * @param gainStandardErrors how many standard errors of the paired difference a policy's gain must exceed zero by; larger
 *     releases less and is wrong less often
 * @param knowledgeGain how much accuracy a knowledge candidate must gain on its own datum, 0 to 1; larger learns only what
 *     sticks well
 * @param forgetting largest accepted drop of mean accuracy on data learnt earlier, 0 to 1; larger releases more and forgets
 *     more
 * @param retention share of the accuracy right after learning that earlier data must keep on average, 0 to 1. A lineage that
 *     is below it accepts no further drop; larger stops slow erosion sooner
 */
public record ReleaseRule(
        double tolerance, double gainStandardErrors, double knowledgeGain, double forgetting, double retention) {
    public ReleaseRule {
        Require.unitInterval("tolerance", tolerance);
        if (!(gainStandardErrors >= 0)) {
            throw new IllegalArgumentException("gainStandardErrors is " + gainStandardErrors + "; allowed: 0 or more");
        }
        Require.unitInterval("knowledgeGain", knowledgeGain);
        Require.unitInterval("forgetting", forgetting);
        Require.unitInterval("retention", retention);
    }

    /**
     * @param learnt accuracy on each datum right after it was learnt, by id
     * @throws IllegalArgumentException if the two measurements are not of the same documents
     */
    public Judgement judge(BenchmarkMeasured measured, Map<String, Double> learnt) {
        if (measured.failure() != null) {
            return new Judgement(false, "could not be measured: " + measured.failure());
        }
        return controls(measured)
                .or(() -> forgotten(measured.knowledge(), learnt))
                .map(objection -> new Judgement(false, objection))
                .orElseGet(() -> measured.candidate().kind() == CandidateProposed.Kind.POLICY
                        ? policy(measured)
                        : knowledge(measured));
    }

    private Optional<String> controls(BenchmarkMeasured measured) {
        return dropped(
                        "closed-book accuracy",
                        measured.parent().nothing(),
                        measured.subject().nothing())
                .or(() -> dropped(
                        "accuracy after training on the passage alone",
                        measured.parent().passageOnly(),
                        measured.subject().passageOnly()));
    }

    private Optional<String> dropped(String what, Estimate before, Estimate after) {
        double drop = before.mean() - after.mean();
        return drop > tolerance
                ? Optional.of(number("%s fell by %.3f, tolerated: %.3f", what, drop, tolerance))
                : Optional.empty();
    }

    private Optional<String> forgotten(List<KnowledgeChange> knowledge, Map<String, Double> learnt) {
        var earlier = knowledge.stream().filter(KnowledgeChange::earlier).toList();
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        double before =
                earlier.stream().mapToDouble(KnowledgeChange::before).average().orElseThrow();
        double after =
                earlier.stream().mapToDouble(KnowledgeChange::after).average().orElseThrow();
        if (before - after > forgetting) {
            return Optional.of(number(
                    "accuracy on %d data learnt earlier fell from %.3f to %.3f, tolerated drop: %.3f",
                    earlier.size(), before, after, forgetting));
        }
        double wasLearnt = earlier.stream()
                .mapToDouble(change -> learnt.getOrDefault(change.dataId(), change.before()))
                .average()
                .orElseThrow();
        return after < before && after < retention * wasLearnt
                ? Optional.of(number(
                        "accuracy on %d data learnt earlier would be %.3f, right after learning it was %.3f; to be kept: %.2f"
                                + " of that",
                        earlier.size(), after, wasLearnt, retention))
                : Optional.empty();
    }

    private Judgement policy(BenchmarkMeasured measured) {
        var gain = measured.subject().minus(DocumentScore::selfEdits, measured.parent(), DocumentScore::selfEdits);
        String found = number("gain on the benchmark is %+.3f ± %.3f", gain.mean(), gain.standardError());
        return gain.exceeds(0.0, gainStandardErrors)
                ? new Judgement(true, found + " over " + gain.count() + " documents")
                : new Judgement(
                        false, found + number(", needed: more than %.1f standard errors above 0", gainStandardErrors));
    }

    private Judgement knowledge(BenchmarkMeasured measured) {
        var drop = dropped(
                "accuracy after self-edits",
                measured.parent().selfEdits(),
                measured.subject().selfEdits());
        if (drop.isPresent()) {
            return new Judgement(false, drop.get());
        }
        var own = measured.knowledge().stream()
                .filter(change -> !change.earlier())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("candidate "
                        + measured.candidate().candidateId() + " was measured without its own datum "
                        + measured.candidate().lesson().dataId()));
        String found = number("accuracy on its own datum goes from %.3f to %.3f", own.before(), own.after());
        return own.after() - own.before() >= knowledgeGain
                ? new Judgement(true, found)
                : new Judgement(false, found + number(", needed: a gain of %.3f or more", knowledgeGain));
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
