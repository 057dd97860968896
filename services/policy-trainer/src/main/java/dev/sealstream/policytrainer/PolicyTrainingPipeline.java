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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Experiences become candidates: once a round of groups is complete, the head is trained on their best self-edits
 * (ReST-EM) and the weight change is proposed. Until then the groups are only remembered: their offsets are committed
 * with the candidate, so a restart reads the round again and nothing is lost.
 */
final class PolicyTrainingPipeline implements Stage<RolloutGroupCompleted> {
    private static final Logger LOG = Logger.getLogger(PolicyTrainingPipeline.class);

    private final ModelHost models;
    private final PolicyTraining training;
    private final AdapterArtifacts artifacts;
    private final int roundSize;
    private final long stalenessMax;
    private final Map<String, List<RolloutGroupCompleted>> rounds = new HashMap<>();

    PolicyTrainingPipeline(
            ModelHost models, PolicyTraining training, AdapterArtifacts artifacts, int roundSize, long stalenessMax) {
        this.models = models;
        this.training = training;
        this.artifacts = artifacts;
        this.roundSize = roundSize;
        this.stalenessMax = stalenessMax;
    }

    @Override
    public Result process(RolloutGroupCompleted group) {
        if (group.mode() != DataMode.TRAIN || isStale(group)) {
            return Result.hold();
        }
        var round = rounds.computeIfAbsent(group.lineage(), lineage -> new ArrayList<>());
        round.add(group);
        LOG.debugf("round of %s has %d of %d groups", group.lineage(), round.size(), roundSize);
        if (round.size() < roundSize) {
            return Result.hold();
        }
        rounds.remove(group.lineage());
        return Result.emit(step(group.lineage(), new TrainingRound(round)));
    }

    @Override
    public void reset() {
        rounds.clear();
    }

    private boolean isStale(RolloutGroupCompleted group) {
        long staleness = models.staleness(group.lineage(), group.policyVersion());
        if (staleness > stalenessMax) {
            LOG.infof(
                    "group %s is %d versions behind the head, allowed: %d; it is not trained on",
                    group.rolloutGroupId(), staleness, stalenessMax);
        }
        return staleness > stalenessMax;
    }

    private Emissions step(String lineage, TrainingRound round) {
        if (round.selected().isEmpty()) {
            LOG.warnf("no group of round %s earned a reward; the policy stays as it is", round.hash());
            return new Emissions();
        }
        var policy = models.head(lineage);
        var trained = training.step(policy, round);
        var change = trained.adapter().weightChange();
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
                                artifacts.put(trained.adapter()),
                                round.groupIds(),
                                round.meanReward(),
                                change.frobeniusNorm(),
                                change.largestSingularValue()));
    }

    private static float lastLoss(float[] lossCurve) {
        return lossCurve[lossCurve.length - 1];
    }
}
