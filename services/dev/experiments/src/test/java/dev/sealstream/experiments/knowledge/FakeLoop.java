package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.events.RefusedRecord;
import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroup;
import dev.sealstream.domain.Seeds;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The services as a function: what is sent is answered at once, with scores that follow from ids. The log outlives the
 * links that read it, as topics do.
 */
final class FakeLoop {
    static final String BASE = Sha256.hex("base");

    final List<Object> log = new ArrayList<>();
    final Set<String> tooLong = new HashSet<>();
    final Set<Integer> rejectedRounds = new HashSet<>();
    private final int roundSize;
    private final List<RolloutGroup> round = new ArrayList<>();
    private final Set<String> worked = new HashSet<>();
    private int rounds;
    private long version;
    private String weights = BASE;

    FakeLoop(int roundSize) {
        this.roundSize = roundSize;
    }

    /** @param callsMax after so many calls the link breaks, as a process that is killed */
    EventLink link(int callsMax) {
        return new Link(callsMax);
    }

    List<NewData> sent() {
        return log.stream()
                .filter(NewData.class::isInstance)
                .map(NewData.class::cast)
                .toList();
    }

    private void work(NewData datum) {
        log.add(datum);
        if (datum.mode() == DataMode.BENCHMARK) {
            return;
        }
        if (tooLong.contains(datum.dataId())) {
            log.add(new RefusedRecord(Topics.NEW_DATA, datum.dataId(), "too long"));
            return;
        }
        String groupId = Ids.rolloutGroup(datum.dataId(), version);
        var edits = IntStream.range(0, datum.groupSize())
                .mapToObj(index -> new SelfEdit(
                        Ids.selfEdit(groupId, index),
                        index,
                        "edit " + index + " of version " + version,
                        List.of("t\nx"),
                        null,
                        new int[0],
                        new float[0]))
                .toList();
        work(new SelfEditsProposed(groupId, datum, version, weights, datum.prompt(), edits));
    }

    private void work(SelfEditsProposed proposed) {
        log.add(proposed);
        if (!worked.add(proposed.rolloutGroupId())) {
            return;
        }
        var ended = proposed.selfEdits().stream()
                .map(edit -> RolloutEnded.of(proposed, edit, 0.1, outcome(proposed, edit)))
                .toList();
        log.addAll(ended);
        var group = new RolloutGroup(ended);
        log.addAll(group.rewards());
        log.add(group.completed());
        if (proposed.datum().mode() == DataMode.TRAIN) {
            round.add(group);
            if (round.size() == roundSize) {
                decide();
            }
        }
    }

    /** Version, id and repeat decide how many answers are right; later versions are better. */
    private static Outcome outcome(SelfEditsProposed proposed, SelfEdit edit) {
        int repeats = proposed.datum().repeats() == null ? 3 : proposed.datum().repeats();
        int questions = proposed.datum().questions().size();
        var scores = new ArrayList<RepeatScore>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            String updateId = Ids.update(edit.selfEditId(), repeat);
            int right = (int) (2 + proposed.policyVersion() + Math.floorMod(Seeds.of(updateId), 5));
            var answers = IntStream.range(0, questions)
                    .mapToObj(i -> new GradedAnswer("q" + i, "yes", i < right ? "yes" : "no", i < right))
                    .toList();
            var update = new AdapterUpdate(
                    updateId, edit.selfEditId(), repeat, adapter(updateId), null, List.of(1f), 1.0, 1.0);
            scores.add(new RepeatScore(update, answers));
        }
        return new Outcome.Scored(scores);
    }

    private void decide() {
        rounds++;
        var candidate = new CandidateProposed(
                "candidate " + rounds,
                NewData.MAIN_LINEAGE,
                CandidateProposed.Kind.POLICY,
                version,
                weights,
                adapter("delta " + rounds),
                round.stream().map(group -> group.completed().rolloutGroupId()).toList(),
                0.5,
                1.0,
                1.0,
                0.5,
                null);
        round.clear();
        var measurement = new Measurement(weights, List.of(new DocumentScore("g", 0.1, 0.2, 0.3)));
        log.add(candidate);
        var size = new DeltaSize(1.0, 0.5, Map.of());
        log.add(new BenchmarkMeasured(
                candidate, version, version, null, measurement, measurement, size, 0.01, List.of(), null));
        var some = Estimate.of(0.1, 0.2);
        var evidence = new Evidence(some, some, some, List.of(), size, 0.01);
        if (rejectedRounds.contains(rounds)) {
            log.add(new CheckpointDecision.Rejected(
                    NewData.MAIN_LINEAGE, candidate, evidence, null, "no better than before"));
        } else {
            String parent = weights;
            version++;
            weights = candidate.weightsHashOn(parent);
            log.add(new CheckpointDecision.Released(
                    NewData.MAIN_LINEAGE,
                    version,
                    version - 1,
                    parent,
                    weights,
                    candidate,
                    evidence,
                    null,
                    "better than before"));
        }
    }

    private static AdapterReference adapter(String name) {
        var artifact = new ArtifactReference("store:" + name, 1, Sha256.hex(name));
        return new AdapterReference(artifact, artifact);
    }

    private final class Link implements EventLink {
        private final int endAtStart = log.size();
        private int callsLeft;
        private int next;

        Link(int callsMax) {
            this.callsLeft = callsMax;
        }

        @Override
        public <E> void send(Topic<E> topic, List<E> events) {
            for (E event : events) {
                count();
                if (event instanceof NewData datum) {
                    work(datum);
                } else {
                    work((SelfEditsProposed) event);
                }
            }
        }

        @Override
        public boolean isCaughtUp() {
            return next >= endAtStart;
        }

        /** A few events at a time, so that a link can break in the middle of anything. */
        @Override
        public List<Object> poll(Duration atMost) {
            count();
            int to = Math.min(log.size(), next + 7);
            var events = List.copyOf(log.subList(next, to));
            next = to;
            return events;
        }

        @Override
        public void close() {}

        private void count() {
            if (callsLeft-- == 0) {
                throw new KilledException();
            }
        }
    }

    /** The runner's process ended here. */
    static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
