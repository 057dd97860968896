package dev.sealstream.policytrainer;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.domain.TrainingRound;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.PolicyTraining;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.List;

/**
 * Experiences become candidates: once a round of groups is complete, the version that wrote them (the head, unless the
 * archive search chose another) is trained on their best self-edits (ReST-EM) and the weight change is proposed. Until then
 * the groups are only remembered: their offsets are committed with the candidate, so a restart reads the round again and
 * nothing is lost.
 */
final class PolicyTrainingPipeline implements Stage<RolloutGroupCompleted> {
    private static final Logger LOG = Logger.getLogger(PolicyTrainingPipeline.class);

    private final String lineage;
    private final ModelHost models;
    private final PolicyTraining training;
    private final AdapterArtifacts artifacts;
    private final int roundSize;
    private final long stalenessMax;
    private final List<RolloutGroupCompleted> round = new ArrayList<>();

    /** @param lineage the one lineage this trainer serves, so that a commit never covers another one's open round */
    PolicyTrainingPipeline(
            String lineage,
            ModelHost models,
            PolicyTraining training,
            AdapterArtifacts artifacts,
            int roundSize,
            long stalenessMax) {
        this.lineage = lineage;
        this.models = models;
        this.training = training;
        this.artifacts = artifacts;
        this.roundSize = roundSize;
        this.stalenessMax = stalenessMax;
    }

    @Override
    public Result process(RolloutGroupCompleted group) {
        if (group.mode() != DataMode.TRAIN || !group.lineage().equals(lineage) || isStale(group)) {
            return Result.hold();
        }
        round.add(group);
        LOG.debugf("round has %d of %d groups", round.size(), roundSize);
        if (round.size() == roundSize) {
            // What was fresh when it came may have become stale while the round filled.
            round.removeIf(this::isStale);
        }
        if (round.size() < roundSize) {
            return Result.hold();
        }
        var complete = new TrainingRound(round);
        round.clear();
        return Result.emit(step(complete));
    }

    @Override
    public void reset() {
        round.clear();
    }

    private boolean isStale(RolloutGroupCompleted group) {
        var staleness = models.staleness(lineage, group.mode(), group.policyVersion());
        if (staleness.isEmpty()) {
            LOG.infof(
                    "group %s: policy training does not go on from its version; it is not trained on",
                    group.rolloutGroupId());
            return true;
        }
        if (staleness.getAsLong() > stalenessMax) {
            LOG.infof(
                    "group %s is %d versions behind, allowed: %d; it is not trained on",
                    group.rolloutGroupId(), staleness.getAsLong(), stalenessMax);
            return true;
        }
        return false;
    }

    private Emissions step(TrainingRound round) {
        if (round.selected().isEmpty()) {
            LOG.warnf("no group of round %s earned a reward; the policy stays as it is", round.hash());
            return new Emissions();
        }
        var policy = models.nextParent(lineage);
        var trained = training.step(policy, round);
        var delta = trained.required();
        var change = delta.weightChange();
        LOG.infof(
                "step on version %d: %d groups, mean reward %.4f, last loss %.4f",
                policy.version(), round.groups().size(), round.meanReward(), lastLoss(trained.lossCurve()));
        return new Emissions()
                .add(
                        Topics.CANDIDATES,
                        new CandidateProposed(
                                Ids.policyCandidate(lineage, policy.version(), round.hash()),
                                lineage,
                                CandidateProposed.Kind.POLICY,
                                policy.version(),
                                policy.weightsHash(),
                                artifacts.put(delta),
                                round.groupIds(),
                                round.meanReward(),
                                change.frobeniusNorm(),
                                change.largestSingularValue(),
                                round.diversity(),
                                null));
    }

    private static float lastLoss(float[] lossCurve) {
        return lossCurve[lossCurve.length - 1];
    }
}
