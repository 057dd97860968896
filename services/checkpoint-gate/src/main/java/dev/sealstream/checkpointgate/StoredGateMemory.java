package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The gate's memory in state stores; events are kept in the form their topics have. */
final class StoredGateMemory implements GateMemory {
    private final EventCodec codec;
    private final KeyValueStore<String, byte[]> heads;
    private final KeyValueStore<String, byte[]> decided;
    private final KeyValueStore<String, byte[]> held;
    private final KeyValueStore<String, byte[]> earlyApprovals;

    StoredGateMemory(EventCodec codec, ProcessorContext<?, ?> context) {
        this.codec = codec;
        this.heads = context.getStateStore(GateTopology.HEADS);
        this.decided = context.getStateStore(GateTopology.DECIDED_CANDIDATES);
        this.held = context.getStateStore(GateTopology.HELD_CANDIDATES);
        this.earlyApprovals = context.getStateStore(GateTopology.EARLY_APPROVALS);
    }

    @Override
    public Optional<CheckpointDecision.Released> head(String lineage) {
        return read(heads, lineage, Topics.CHECKPOINTS).map(CheckpointDecision.Released.class::cast);
    }

    @Override
    public boolean isDecided(String candidateId) {
        return decided.get(candidateId) != null;
    }

    @Override
    public void decided(String candidateId, CheckpointDecision decision) {
        decided.put(candidateId, decision.getClass().getSimpleName().getBytes(StandardCharsets.UTF_8));
        held.delete(candidateId);
        earlyApprovals.delete(candidateId);
        if (decision instanceof CheckpointDecision.Released) {
            heads.put(decision.lineage(), codec.encode(Topics.CHECKPOINTS, decision));
        }
    }

    @Override
    public Optional<BenchmarkMeasured> held(String candidateId) {
        return read(held, candidateId, Topics.BENCHMARKS);
    }

    @Override
    public void hold(BenchmarkMeasured measured) {
        held.put(measured.candidate().candidateId(), codec.encode(Topics.BENCHMARKS, measured));
    }

    @Override
    public Optional<ApprovalGiven> earlyApproval(String candidateId) {
        return read(earlyApprovals, candidateId, Topics.APPROVALS);
    }

    @Override
    public void keepEarly(ApprovalGiven approval) {
        earlyApprovals.put(approval.candidateId(), codec.encode(Topics.APPROVALS, approval));
    }

    private <E> Optional<E> read(KeyValueStore<String, byte[]> store, String key, Topic<E> form) {
        return Optional.ofNullable(store.get(key)).map(bytes -> codec.decode(form, bytes));
    }
}
