package dev.sealstream.eventstreaming;

import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.RepeatsWanted;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.SnapshotTaken;

import java.util.Map;
import java.util.Set;

/** What an event is about, under the names its fields have in the schemas. */
final class EventIds {
    static final String LINEAGE = "lineage";
    static final String DATA_ID = "dataId";
    static final String ROLLOUT_GROUP_ID = "rolloutGroupId";
    static final String CANDIDATE_ID = "candidateId";
    static final Set<String> NAMES = Set.of(LINEAGE, DATA_ID, ROLLOUT_GROUP_ID, CANDIDATE_ID);

    private EventIds() {}

    /** @throws IllegalArgumentException for what is no event of the catalogue */
    static Map<String, String> of(Object event) {
        if (event instanceof NewData datum) {
            return Map.of(LINEAGE, datum.lineage(), DATA_ID, datum.dataId());
        }
        if (event instanceof SelfEditsProposed proposed) {
            return group(proposed.datum().lineage(), proposed.datum().dataId(), proposed.rolloutGroupId());
        }
        if (event instanceof AdaptersTrained trained) {
            return of(trained.proposal());
        }
        if (event instanceof RepeatsWanted wanted) {
            return of(wanted.trained());
        }
        if (event instanceof RolloutEnded ended) {
            return group(ended.lineage(), ended.dataId(), ended.rolloutGroupId());
        }
        if (event instanceof RewardAssigned reward) {
            return group(reward.lineage(), reward.dataId(), reward.rolloutGroupId());
        }
        if (event instanceof RolloutGroupCompleted completed) {
            return group(completed.lineage(), completed.dataId(), completed.rolloutGroupId());
        }
        return ofDecision(event);
    }

    private static Map<String, String> ofDecision(Object event) {
        if (event instanceof CandidateProposed candidate) {
            return candidate(candidate.lineage(), candidate.candidateId());
        }
        if (event instanceof BenchmarkMeasured measured) {
            return of(measured.candidate());
        }
        if (event instanceof ApprovalGiven approval) {
            return candidate(approval.lineage(), approval.candidateId());
        }
        if (event instanceof PersonDecision decision) {
            return Map.of(LINEAGE, decision.lineage());
        }
        if (event instanceof CheckpointDecision decision) {
            return Map.of(LINEAGE, decision.lineage());
        }
        if (event instanceof SnapshotTaken snapshot) {
            return Map.of(LINEAGE, snapshot.lineage());
        }
        throw new IllegalArgumentException(
                event + " is no event of the catalogue; add what it is about to EventIds when a topic is added");
    }

    private static Map<String, String> group(String lineage, String dataId, String rolloutGroupId) {
        return Map.of(LINEAGE, lineage, DATA_ID, dataId, ROLLOUT_GROUP_ID, rolloutGroupId);
    }

    private static Map<String, String> candidate(String lineage, String candidateId) {
        return Map.of(LINEAGE, lineage, CANDIDATE_ID, candidateId);
    }
}
