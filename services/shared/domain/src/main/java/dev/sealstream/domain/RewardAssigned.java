package dev.sealstream.domain;

import java.util.Map;

/**
 * What a rollout was worth: public, one for each rollout.
 *
 * @param ending scored, invalid, failed or cancelled
 * @param reason why it was not scored; empty when it was
 * @param reward mean closed-book accuracy over the repeats, 0 to 1; null when the rollout earned none
 * @param baseline closed-book accuracy before the update, 0 to 1; null when not measured
 * @param advantage reward minus the mean reward of the group; null without a reward
 * @param components named parts of the reward, for people and dashboards
 * @param interval how sure the reward is; null without a reward, and where no self-edit of the group has two repeats
 * @param selected whether ReST-EM keeps this self-edit: the group's best, the first of equals
 * @param labelFree whether a model wrote the questions and answers the reward rests on, because people sent none
 */
public record RewardAssigned(
        String dataId,
        String rolloutGroupId,
        String selfEditId,
        String lineage,
        long policyVersion,
        String weightsHash,
        Ending ending,
        String reason,
        Double reward,
        Double baseline,
        Double advantage,
        Map<String, Double> components,
        RewardInterval interval,
        boolean selected,
        boolean labelFree) {

    /** The kinds of ending, for readers that know nothing of answers. */
    public enum Ending {
        SCORED,
        INVALID,
        FAILED,
        CANCELLED
    }

    public RewardAssigned {
        Require.nonBlank("dataId", dataId);
        Require.nonBlank("rolloutGroupId", rolloutGroupId);
        Require.nonBlank("selfEditId", selfEditId);
        Require.present("ending", ending);
        Require.present("reason", reason);
        components = Map.copyOf(components);
        if ((reward == null) != (advantage == null)) {
            throw new IllegalArgumentException("self-edit " + selfEditId + " has reward " + reward + " and advantage "
                    + advantage + "; allowed: both or neither");
        }
    }

    /** On questions that people sent. */
    public RewardAssigned(
            String dataId,
            String rolloutGroupId,
            String selfEditId,
            String lineage,
            long policyVersion,
            String weightsHash,
            Ending ending,
            String reason,
            Double reward,
            Double baseline,
            Double advantage,
            Map<String, Double> components,
            RewardInterval interval,
            boolean selected) {
        this(
                dataId,
                rolloutGroupId,
                selfEditId,
                lineage,
                policyVersion,
                weightsHash,
                ending,
                reason,
                reward,
                baseline,
                advantage,
                components,
                interval,
                selected,
                false);
    }
}
