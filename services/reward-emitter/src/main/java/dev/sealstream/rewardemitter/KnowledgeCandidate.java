package dev.sealstream.rewardemitter;

import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The weight change that an ADAPT datum is learnt for good by: the best repeat of the best self-edit. */
final class KnowledgeCandidate {
    private KnowledgeCandidate() {}

    /** Empty for data that only teach the policy, and when no member of the group was scored. */
    static Optional<CandidateProposed> of(RolloutGroup group) {
        return group.best()
                .filter(best -> best.mode() == DataMode.ADAPT)
                .filter(best -> best.outcome() instanceof Outcome.Scored)
                .flatMap(best -> bestUpdate((Outcome.Scored) best.outcome()).map(update -> propose(best, update)));
    }

    private static CandidateProposed propose(RolloutEnded best, AdapterUpdate update) {
        return new CandidateProposed(
                Ids.knowledgeCandidate(
                        best.lineage(), best.policyVersion(), best.selfEdit().selfEditId()),
                best.lineage(),
                CandidateProposed.Kind.KNOWLEDGE,
                best.policyVersion(),
                best.weightsHash(),
                update.adapter(),
                List.of(best.rolloutGroupId()),
                best.outcome().reward().orElseThrow(),
                update.frobeniusNorm(),
                update.largestSingularValue(),
                null,
                Lesson.of(best.dataId(), best.selfEdit()));
    }

    /** The first of equals: sorting is stable, {@code max} would take the last. */
    private static Optional<AdapterUpdate> bestUpdate(Outcome.Scored scored) {
        return scored.repeats().stream()
                .filter(repeat -> repeat.update().adapter() != null)
                .sorted(Comparator.comparing(RepeatScore::accuracy).reversed())
                .map(RepeatScore::update)
                .findFirst();
    }
}
