package dev.sealstream.checkpointgate;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventSigner;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.LogIds;
import dev.sealstream.eventstreaming.RecordTrace;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.streamsruntime.DeadLetters;
import dev.sealstream.streamsruntime.StreamsLogIds;
import dev.sealstream.streamsruntime.StreamsTraces;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes what comes, lets the gate decide, writes what follows. One step reads both inputs, so that one gate, whose memory
 * is in the task, sees measurements and people's decisions.
 */
final class GateStep implements Processor<byte[], byte[], byte[], byte[]> {
    private static final DeadLetters DEAD_LETTERS = new DeadLetters("checkpoint-gate");

    private final EventCodec codec;
    private final GateRules rules;
    private final Optional<EventSigner> signer;
    private final GateListener listener;
    private ProcessorContext<byte[], byte[]> context;

    /** Of the record in hand; what is forwarded goes on with it. */
    private RecordTrace trace;

    private Gate gate;
    private DecisionSigner decisions;

    GateStep(EventCodec codec, GateRules rules, Optional<EventSigner> signer, GateListener listener) {
        this.codec = codec;
        this.rules = rules;
        this.signer = signer;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        gate = new Gate(rules, new StoredGateMemory(codec, context), listener);
        decisions = new DecisionSigner(signer, context.getStateStore(GateTopology.SIGNATURES), gate.lineages());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try (var ids = StreamsLogIds.of(context);
                var begun = StreamsTraces.begin("checkpoint-gate", context, record)) {
            trace = begun;
            process(record, ids);
        }
    }

    private void process(Record<byte[], byte[]> record, LogIds ids) {
        String input = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of a topic has a place in it"))
                .topic();
        try {
            forward(outcome(input, record.value(), ids), record.timestamp());
        } catch (InvalidEventException invalid) {
            trace.failed(invalid);
            listener.deadLettered(input, invalid.getMessage());
            context.forward(DEAD_LETTERS.of(record, context, invalid), Topic.deadLetters(input));
        }
    }

    private GateOutcome outcome(String input, byte[] value, LogIds ids) {
        try {
            if (input.equals(Topics.BENCHMARKS.name())) {
                var measured = codec.decode(Topics.BENCHMARKS, value);
                ids.about(measured);
                trace.about(measured);
                return gate.onMeasurement(measured);
            }
            var decision = codec.decode(Topics.APPROVALS, value);
            ids.about(decision);
            trace.about(decision);
            return gate.onPerson(decision);
        } catch (IllegalArgumentException contradictory) {
            // Well-formed, but its parts do not go together: documents that do not pair, versions that never were.
            throw new InvalidEventException(contradictory.getMessage(), contradictory);
        }
    }

    private void forward(GateOutcome outcome, long timestamp) {
        outcome.decisions().forEach(decision -> forward(Topics.CHECKPOINTS, decision, timestamp));
        outcome.measureAgain().forEach(candidate -> forward(Topics.CANDIDATES, candidate, timestamp));
        outcome.learnAgain().forEach(group -> forward(Topics.SELF_EDITS, group, timestamp));
    }

    private <E> void forward(Topic<E> topic, E event, long timestamp) {
        byte[] key = topic.key().apply(event).getBytes(StandardCharsets.UTF_8);
        byte[] value = codec.encode(topic, event);
        var record = new Record<>(key, value, timestamp, trace.headers());
        if (event instanceof CheckpointDecision decision) {
            decisions.sign(decision.lineage(), value, record.headers());
        }
        context.forward(record, topic.name());
    }
}
