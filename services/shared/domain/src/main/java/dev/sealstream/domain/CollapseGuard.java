package dev.sealstream.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Watches for a policy that learns to please its reward: over the last candidates the reward rises while held-out documents do
 * not profit, or the self-edits of a document become alike.
 *
 * @param window decided policy candidates to look back on; more makes the alarm later and surer
 * @param rewardRise least rise of the mean reward over the window that asks for a rise on held-out documents, 0 to 1; larger
 *     alarms less
 * @param diversityDropMax largest accepted drop of diversity over the window, as a share of what it was, 0 to 1; larger alarms
 *     less
 */
public record CollapseGuard(int window, double rewardRise, double diversityDropMax) {
    public CollapseGuard {
        Require.atLeast("window", window, 1);
        Require.unitInterval("rewardRise", rewardRise);
        Require.unitInterval("diversityDropMax", diversityDropMax);
    }

    /** @param history decisions on earlier policy candidates of the lineage, oldest first */
    public List<Alarm> alarms(
            CandidateProposed candidate, Evidence evidence, List<? extends CheckpointDecision> history) {
        if (history.size() < window) {
            return List.of();
        }
        var alarms = new ArrayList<Alarm>();
        var first = history.get(history.size() - window);
        double rise = candidate.meanReward() - first.candidate().meanReward();
        Double heldOutThen = heldOut(first);
        if (heldOutThen != null
                && rise >= rewardRise
                && evidence.benchmarkAfter().mean() <= heldOutThen) {
            alarms.add(alarm(
                    "mean reward rose by %.3f over %d candidates while held-out accuracy went from %.3f to %.3f",
                    rise, window, heldOutThen, evidence.benchmarkAfter().mean()));
        }
        Double diversityThen = first.candidate().diversity();
        Double diversity = candidate.diversity();
        if (diversityThen != null && diversity != null && diversity < (1 - diversityDropMax) * diversityThen) {
            alarms.add(alarm(
                    "diversity of self-edits fell from %.3f to %.3f over %d candidates, allowed: a drop by %.0f %%",
                    diversityThen, diversity, window, 100 * diversityDropMax));
        }
        return alarms;
    }

    /** Held-out accuracy with the candidate, or null where it could not be measured. */
    private static Double heldOut(CheckpointDecision decision) {
        Evidence evidence = decision instanceof CheckpointDecision.VersionAdded added
                ? added.evidence()
                : ((CheckpointDecision.Rejected) decision).evidence();
        return evidence == null
                ? null
                : Double.valueOf(evidence.benchmarkAfter().mean());
    }

    private static Alarm alarm(String format, Object... values) {
        return new Alarm(Alarm.Guard.COLLAPSE, String.format(Locale.ROOT, format, values));
    }
}
