package dev.sealstream.experiments.continual;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.KnowledgeChange;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.Topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The services as a function: a document to learn is decided at once. What was learnt is known with 0.8 and loses {@code fading}
 * with each later release. The log outlives the links that read it, as topics do.
 */
final class FakeLoop {
    final List<Object> log = new ArrayList<>();
    final Set<String> rejected = new HashSet<>();
    final Set<String> held = new HashSet<>();
    private final double fading;
    private final Map<String, List<String>> learnt = new HashMap<>();

    FakeLoop(double fading) {
        this.fading = fading;
    }

    /** @param callsMax after so many calls the link breaks, as a process that is killed */
    EventLink link(int callsMax) {
        return new Link(callsMax);
    }

    List<String> sent() {
        return log.stream()
                .filter(NewData.class::isInstance)
                .map(event -> ((NewData) event).dataId())
                .toList();
    }

    private void work(NewData datum) {
        log.add(datum);
        if (datum.mode() == DataMode.ADAPT) {
            log.add(decision(datum));
        }
    }

    private CheckpointDecision decision(NewData datum) {
        var known = learnt.computeIfAbsent(datum.lineage(), lineage -> new ArrayList<>());
        var changes = new ArrayList<KnowledgeChange>();
        changes.add(new KnowledgeChange(datum.dataId(), false, 0.1, 0.8));
        for (int i = 0; i < known.size(); i++) {
            double now = 0.8 - fading * (known.size() - 1 - i);
            changes.add(new KnowledgeChange(known.get(i), true, now, now - fading));
        }
        var zero = Estimate.of(new double[] {0.5, 0.5});
        var evidence = new Evidence(
                zero, zero, Estimate.of(new double[] {-0.02, -0.04}), changes, new DeltaSize(1, 1, Map.of()), 0);
        var candidate = candidate(datum);
        if (rejected.contains(datum.dataId())) {
            return new CheckpointDecision.Rejected(datum.lineage(), candidate, evidence, null, "forgets too much");
        } else if (held.contains(datum.dataId())) {
            return new CheckpointDecision.Held(
                    datum.lineage(), candidate, known.size(), known.size(), evidence, List.<Alarm>of());
        }
        String parent = Sha256.hex("head " + known.size());
        known.add(datum.dataId());
        return new CheckpointDecision.Released(
                datum.lineage(),
                known.size(),
                known.size() - 1,
                parent,
                candidate.weightsHashOn(parent),
                candidate,
                evidence,
                null,
                "knows more");
    }

    private static CandidateProposed candidate(NewData datum) {
        var file = new ArtifactReference("file:///" + datum.dataId(), 1, Sha256.hex(datum.dataId()));
        return new CandidateProposed(
                "candidate-" + datum.dataId(),
                datum.lineage(),
                CandidateProposed.Kind.KNOWLEDGE,
                0,
                Sha256.hex("base"),
                new AdapterReference(file, file),
                List.of("group"),
                0.8,
                1,
                1,
                null,
                new Lesson(datum.dataId(), datum.dataId() + "#0", "text", List.of("sequence")));
    }

    private final class Link implements EventLink {
        private int calls;
        private final int callsMax;
        private int read;

        Link(int callsMax) {
            this.callsMax = callsMax;
        }

        @Override
        public <E> void send(Topic<E> topic, List<E> events) {
            count();
            events.forEach(event -> work((NewData) event));
        }

        @Override
        public boolean isCaughtUp() {
            return read == log.size();
        }

        @Override
        public List<Object> poll(Duration atMost) {
            count();
            var news = List.copyOf(log.subList(read, log.size()));
            read = log.size();
            return news;
        }

        private void count() {
            if (++calls > callsMax) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void close() {}
    }
}
