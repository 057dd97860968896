package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gate's memory in state stores; events are kept in the form their topics have. */
final class StoredGateMemory implements GateMemory {
    private final EventCodec codec;
    private final KeyValueStore<Long, byte[]> decisions;
    private final KeyValueStore<String, byte[]> words;
    private long count;

    StoredGateMemory(EventCodec codec, ProcessorContext<?, ?> context) {
        this.codec = codec;
        this.decisions = context.getStateStore(GateTopology.DECISIONS);
        this.words = context.getStateStore(GateTopology.WORDS);
    }

    @Override
    public List<CheckpointDecision> decisions() {
        var all = new ArrayList<CheckpointDecision>();
        try (var entries = decisions.all()) {
            entries.forEachRemaining(entry -> all.add(codec.decode(Topics.CHECKPOINTS, entry.value)));
        }
        count = all.size();
        return all;
    }

    /** Keys count up, and the store's order is theirs. */
    @Override
    public void add(CheckpointDecision decision) {
        decisions.put(count++, codec.encode(Topics.CHECKPOINTS, decision));
    }

    @Override
    public Optional<ApprovalGiven> word(String candidateId) {
        return Optional.ofNullable(words.get(candidateId))
                .map(bytes -> (ApprovalGiven) codec.decode(Topics.APPROVALS, bytes));
    }

    @Override
    public void keepWord(ApprovalGiven given) {
        words.put(given.candidateId(), codec.encode(Topics.APPROVALS, given));
    }

    @Override
    public void forgetWord(String candidateId) {
        words.delete(candidateId);
    }
}
