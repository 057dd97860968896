package dev.sealstream.checkpointgate;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.ReleaseRule;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.streamsruntime.DeadLetters;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;

/** One input of the gate: decodes a record, lets the gate decide, writes what it decided. */
final class GateStep<E> implements Processor<byte[], byte[], byte[], byte[]> {
    private static final DeadLetters DEAD_LETTERS = new DeadLetters("checkpoint-gate");

    private final Topic<E> input;
    private final EventCodec codec;
    private final ReleaseRule rule;
    private final Approval approval;
    private final GateListener listener;
    private final BiFunction<Gate, E, Optional<CheckpointDecision>> decide;
    private ProcessorContext<byte[], byte[]> context;
    private Gate gate;

    GateStep(
            Topic<E> input,
            EventCodec codec,
            ReleaseRule rule,
            Approval approval,
            GateListener listener,
            BiFunction<Gate, E, Optional<CheckpointDecision>> decide) {
        this.input = input;
        this.codec = codec;
        this.rule = rule;
        this.approval = approval;
        this.listener = listener;
        this.decide = decide;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        gate = new Gate(rule, approval, new StoredGateMemory(codec, context), listener);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            decided(record.value()).ifPresent(decision -> forward(decision, record.timestamp()));
        } catch (InvalidEventException invalid) {
            listener.deadLettered(input.name(), invalid.getMessage());
            context.forward(DEAD_LETTERS.of(record, context, invalid), input.deadLetters());
        }
    }

    private Optional<CheckpointDecision> decided(byte[] value) {
        E event = codec.decode(input, value);
        try {
            return decide.apply(gate, event);
        } catch (IllegalArgumentException contradictory) {
            // Well-formed, but its parts do not go together: documents that do not pair, hashes that are none.
            throw new InvalidEventException(contradictory.getMessage(), contradictory);
        }
    }

    private void forward(CheckpointDecision decision, long timestamp) {
        var topic = Topics.CHECKPOINTS;
        byte[] key = topic.key().apply(decision).getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, codec.encode(topic, decision), timestamp), topic.name());
    }
}
