package dev.sealstream.domain;

import java.util.Locale;

/**
 * When a candidate is better: on the held-out benchmark its self-edits teach more than its parent's, beyond noise, and
 * neither its bare knowledge nor what it learns from a passage alone has dropped by more than the tolerance.
 *
 * @param tolerance largest accepted drop of a control's mean accuracy, 0 to 1; a larger value releases more and
 *     forgets more
 * @param gainStandardErrors how many standard errors of the paired difference the gain must exceed zero by; a larger
 *     value releases less and is wrong less often
 * @param frobeniusNormMax largest accepted Frobenius norm of the weight change; a larger value lets wilder changes in
 */
public record ReleaseRule(double tolerance, double gainStandardErrors, double frobeniusNormMax) {
    public ReleaseRule {
        Require.unitInterval("tolerance", tolerance);
        if (!(gainStandardErrors >= 0)) {
            throw new IllegalArgumentException("gainStandardErrors is " + gainStandardErrors + "; allowed: 0 or more");
        }
        if (!(frobeniusNormMax > 0)) {
            throw new IllegalArgumentException("frobeniusNormMax is " + frobeniusNormMax + "; allowed: above 0");
        }
    }

    /**
     * Decides on a measured candidate.
     *
     * @param headVersion version of the lineage's head, 0 for the base model
     * @param headWeightsHash hash of the head's weights; null while the lineage has no release, when the parent of a
     *     candidate defines the base
     */
    public CheckpointDecision decide(BenchmarkMeasured measured, long headVersion, String headWeightsHash) {
        var candidate = measured.candidate();
        if (measured.failure() != null) {
            return rejected(candidate, "could not be measured: " + measured.failure());
        }
        if (candidate.parentVersion() != headVersion
                || (headWeightsHash != null && !headWeightsHash.equals(candidate.parentWeightsHash()))) {
            return rejected(
                    measured,
                    "trained on version " + candidate.parentVersion() + ", the head is version " + headVersion
                            + "; train it again on the head");
        }
        if (!(candidate.frobeniusNorm() <= frobeniusNormMax)) {
            return rejected(
                    measured,
                    number(
                            "weight change has norm %.3g, allowed: at most %.3g",
                            candidate.frobeniusNorm(), frobeniusNormMax));
        }
        return decideOnBenchmark(measured, headVersion + 1);
    }

    private CheckpointDecision decideOnBenchmark(BenchmarkMeasured measured, long nextVersion) {
        double knowledgeDrop = measured.parent().nothing().mean()
                - measured.subject().nothing().mean();
        if (knowledgeDrop > tolerance) {
            return rejected(
                    measured, number("closed-book accuracy fell by %.3f, tolerated: %.3f", knowledgeDrop, tolerance));
        }
        double learningDrop = measured.parent().passageOnly().mean()
                - measured.subject().passageOnly().mean();
        if (learningDrop > tolerance) {
            return rejected(
                    measured,
                    number(
                            "accuracy after training on the passage alone fell by %.3f, tolerated: %.3f",
                            learningDrop, tolerance));
        }
        var gain = gain(measured);
        if (!gain.exceeds(0.0, gainStandardErrors)) {
            return rejected(
                    measured,
                    String.format(
                            Locale.ROOT,
                            "gain on the benchmark is %+.3f ± %.3f, needed: more than %.1f standard errors above 0",
                            gain.mean(),
                            gain.standardError(),
                            gainStandardErrors));
        }
        return new CheckpointDecision.Released(
                measured.candidate().lineage(),
                nextVersion,
                measured.candidate().weightsHash(),
                measured.candidate(),
                measured.parent().selfEdits(),
                measured.subject().selfEdits(),
                gain,
                String.format(
                        Locale.ROOT,
                        "gain on the benchmark is %+.3f ± %.3f over %d documents",
                        gain.mean(),
                        gain.standardError(),
                        gain.count()));
    }

    private static Estimate gain(BenchmarkMeasured measured) {
        return measured.subject().minus(DocumentScore::selfEdits, measured.parent(), DocumentScore::selfEdits);
    }

    private static CheckpointDecision rejected(BenchmarkMeasured measured, String reason) {
        return new CheckpointDecision.Rejected(
                measured.candidate().lineage(),
                measured.candidate(),
                measured.parent().selfEdits(),
                measured.subject().selfEdits(),
                gain(measured),
                reason);
    }

    private static CheckpointDecision rejected(CandidateProposed candidate, String reason) {
        return new CheckpointDecision.Rejected(candidate.lineage(), candidate, null, null, null, reason);
    }

    private static String number(String format, double found, double allowed) {
        return String.format(Locale.ROOT, format, found, allowed);
    }
}
