package dev.sealstream.checkpointgate;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.Lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The gate's decisions as what it needs to know of them: lineages, what is decided, what is held. */
final class DecisionLog {
    private final Map<String, Lineage> lineages = new HashMap<>();
    private final Map<String, List<CheckpointDecision>> policy = new HashMap<>();
    private final Map<String, CheckpointDecision.Held> held = new HashMap<>();
    private final Map<String, Integer> failedLessons = new HashMap<>();
    private final Set<String> decided = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    void add(CheckpointDecision decision) {
        names.add(decision.lineage());
        var candidate = decision.candidate();
        if (decision instanceof CheckpointDecision.Held waits) {
            held.put(candidate.candidateId(), waits);
            return;
        }
        if (candidate != null) {
            held.remove(candidate.candidateId());
            decided.add(candidate.candidateId());
            remember(decision, candidate);
        }
        if (decision instanceof CheckpointDecision.VersionAdded first) {
            lineages.computeIfAbsent(decision.lineage(), name -> Lineage.base(name, first.parentWeightsHash()));
        }
        lineages.computeIfPresent(decision.lineage(), (name, lineage) -> lineage.after(decision));
    }

    private void remember(CheckpointDecision decision, CandidateProposed candidate) {
        if (candidate.kind() == CandidateProposed.Kind.POLICY) {
            policy.computeIfAbsent(decision.lineage(), name -> new ArrayList<>())
                    .add(decision);
        } else if (decision instanceof CheckpointDecision.Rejected) {
            failedLessons.merge(candidate.lesson().hash(), 1, Integer::sum);
        } else {
            failedLessons.remove(candidate.lesson().hash());
        }
    }

    /** Lineages with decisions of any kind. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    /** Empty while the lineage has nothing but its base model. */
    Optional<Lineage> lineage(String name) {
        return Optional.ofNullable(lineages.get(name));
    }

    /** Before the first version there is only the base model, which every candidate names as its parent. */
    String hashOf(CandidateProposed candidate, long version) {
        return lineage(candidate.lineage())
                .map(lineage -> lineage.weightsHash(version))
                .orElse(candidate.parentWeightsHash());
    }

    boolean isDecided(String candidateId) {
        return decided.contains(candidateId);
    }

    Optional<CheckpointDecision.Held> held(String candidateId) {
        return Optional.ofNullable(held.get(candidateId));
    }

    /** How often candidates that teach the same lesson were rejected since it was last released. */
    int failures(CandidateProposed candidate) {
        return failedLessons.getOrDefault(candidate.lesson().hash(), 0);
    }

    /** Decisions on policy candidates of a lineage, oldest first. */
    List<CheckpointDecision> policy(String lineage) {
        return policy.getOrDefault(lineage, List.of());
    }

    /** Policies on the way to what the candidate was trained on, oldest first. */
    List<CheckpointDecision.VersionAdded> policyChain(CandidateProposed candidate) {
        return lineage(candidate.lineage())
                .filter(lineage -> lineage.has(candidate.parentVersion()))
                .map(lineage -> lineage.chain(candidate.parentVersion()))
                .orElse(List.of())
                .stream()
                .filter(version -> version.candidate().kind() == CandidateProposed.Kind.POLICY)
                .toList();
    }

    /** Evidence of earlier releases of the same kind. */
    List<Evidence> released(CandidateProposed candidate) {
        return lineage(candidate.lineage()).map(Lineage::releases).orElse(List.of()).stream()
                .filter(release -> release.candidate().kind() == candidate.kind())
                .map(CheckpointDecision.Released::evidence)
                .toList();
    }
}
