package dev.sealstream.devstack.lineage;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.AnswerPair;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.KnowledgeChange;
import dev.sealstream.domain.KnowledgeScore;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.LineageHistory;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.Sha256;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lineage in which everything happens once: versions 1 to 3 one on the other, the last by a person's yes; a rejection on
 * version 2; a roll-back to version 1 and version 4 on it; a candidate that waits on version 4, and one just proposed.
 */
final class Story {
    static final String BASE = Sha256.hex("base");
    static final String WAITING = "main@4+policy";

    final List<Object> events = new ArrayList<>();
    final Map<Long, String> hashes = new HashMap<>(Map.of(0L, BASE));

    Story() {
        released(1, policy("main@0+policy", 0), evidence(0.5, 0.6), null);
        released(
                2,
                knowledge("main@1+ada", 1, "ada"),
                evidence(0.6, 0.61, new KnowledgeChange("ada", false, 0, 0.75)),
                null);
        rejected(policy("main@2+worse", 2), evidence(0.61, 0.58), null, "gain on the benchmark is too small");
        var third = policy("main@2+policy", 2);
        events.add(new CheckpointDecision.Held("main", third, 2, 2, evidence(0.61, 0.7), List.of()));
        released(3, third, evidence(0.61, 0.7), new Approval("Ada", "it reads well"));
        events.add(new CheckpointDecision.RolledBack("main", 1, hashes.get(1L), "Eve", "it forgot the capitals"));
        released(
                4,
                knowledge("main@1+bern", 1, "bern"),
                evidence(0.6, 0.6, new KnowledgeChange("bern", false, 0.25, 1)),
                null);
        var waiting = policy(WAITING, 4);
        events.add(waiting);
        events.add(measured(waiting));
        events.add(new CheckpointDecision.Held(
                "main",
                waiting,
                4,
                4,
                Evidence.of(measured(waiting)),
                List.of(new Alarm(Alarm.Guard.WEIGHT_ANOMALY, "weight change has norm 9, allowed: at most 5"))));
        events.add(policy("main@4+later", 4));
    }

    LineageHistory history() {
        var history = new LineageHistory("main", 100);
        for (Object event : events) {
            if (event instanceof CandidateProposed proposed) {
                history.proposed(proposed);
            } else if (event instanceof BenchmarkMeasured measured) {
                history.measured(measured);
            } else {
                history.decided((CheckpointDecision) event);
            }
        }
        return history;
    }

    static CandidateProposed policy(String id, long parent) {
        return candidate(id, CandidateProposed.Kind.POLICY, parent, null);
    }

    static CandidateProposed knowledge(String id, long parent, String dataId) {
        var lesson = new Lesson(dataId, dataId + "@" + parent + "#0", "what it says", List.of("what it says"));
        return candidate(id, CandidateProposed.Kind.KNOWLEDGE, parent, lesson);
    }

    private static CandidateProposed candidate(String id, CandidateProposed.Kind kind, long parent, Lesson lesson) {
        var file = new ArtifactReference("store:" + id, 1, Sha256.hex(id));
        boolean policy = kind == CandidateProposed.Kind.POLICY;
        return new CandidateProposed(
                id,
                "main",
                kind,
                parent,
                Sha256.hex("parent of " + id),
                new AdapterReference(file, file),
                List.of("a@" + parent, "b@" + parent),
                0.55,
                1.0,
                0.1,
                policy ? 0.5 : null,
                lesson);
    }

    static Evidence evidence(double before, double after, KnowledgeChange... knowledge) {
        return new Evidence(
                new Estimate(before, 0.02, 64),
                new Estimate(after, 0.02, 64),
                new Estimate(after - before, 0.004, 64),
                List.of(knowledge),
                new DeltaSize(1.25, 0.2, Map.of("model.layers.0.mlp", 1.0, "model.layers.1.mlp", 0.75)),
                0.01);
    }

    CheckpointDecision.Released release(
            long version, CandidateProposed candidate, Evidence evidence, Approval approval) {
        // Released on what it was trained on.
        String parentHash = hashes.get(candidate.parentVersion());
        return new CheckpointDecision.Released(
                "main",
                version,
                candidate.parentVersion(),
                parentHash,
                candidate.weightsHashOn(parentHash),
                candidate,
                evidence,
                approval,
                "gain on the benchmark is real");
    }

    CheckpointDecision.Archived archived(long version, CandidateProposed candidate, Evidence evidence) {
        String parentHash = hashes.get(candidate.parentVersion());
        return new CheckpointDecision.Archived(
                "main",
                version,
                candidate.parentVersion(),
                parentHash,
                candidate.weightsHashOn(parentHash),
                candidate,
                evidence,
                "no gain");
    }

    private void released(long version, CandidateProposed candidate, Evidence evidence, Approval approval) {
        var release = release(version, candidate, evidence, approval);
        hashes.put(version, release.weightsHash());
        events.add(release);
    }

    private void rejected(CandidateProposed candidate, Evidence evidence, Approval refusal, String reason) {
        events.add(new CheckpointDecision.Rejected("main", candidate, evidence, refusal, reason));
    }

    private static BenchmarkMeasured measured(CandidateProposed candidate) {
        return new BenchmarkMeasured(
                candidate,
                4,
                4,
                null,
                measurement("head", 0.1, 0.4, 0.5, 0.9),
                measurement("subject", 0.1, 0.5, 0.75, 0.8),
                new DeltaSize(9, 3, Map.of("model.layers.0.mlp", 9.0)),
                0.3,
                List.of(new AnswerPair(
                        "bern", "What is Switzerland's seat of government?", "Bern", "Zurich", "Bern", true)),
                null);
    }

    private static Measurement measurement(
            String weights, double nothing, double passageOnly, double selfEdits, double earlier) {
        return new Measurement(
                Sha256.hex(weights),
                List.of(
                        new DocumentScore("held-out-1", nothing, passageOnly, selfEdits),
                        new DocumentScore("held-out-2", nothing, passageOnly, selfEdits)),
                List.of(new KnowledgeScore("bern", earlier, true)));
    }
}
