package dev.sealstream.rewardemitter;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroup;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.LogIds;
import dev.sealstream.eventstreaming.RecordTrace;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.streamsruntime.DeadLetters;
import dev.sealstream.streamsruntime.StreamsLogIds;
import dev.sealstream.streamsruntime.StreamsTraces;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps the members of each group until the last one ends, then emits what the group was worth, once. */
final class RolloutGroupCollector implements Processor<byte[], byte[], byte[], byte[]> {
    /** Groups are remembered for days; a check each hour is exact enough and costs nothing. */
    private static final Duration EXPIRY_CHECK = Duration.ofHours(1);

    private static final DeadLetters DEAD_LETTERS = new DeadLetters("reward-emitter");

    private final EventCodec codec;
    private final Duration rememberFor;
    private final RewardListener listener;
    private ProcessorContext<byte[], byte[]> context;

    /** Of the record in hand; what is forwarded goes on with it. */
    private RecordTrace trace;

    private OpenGroups openGroups;
    private KeyValueStore<String, Long> emittedGroups;

    RolloutGroupCollector(EventCodec codec, Duration rememberFor, RewardListener listener) {
        this.codec = codec;
        this.rememberFor = rememberFor;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        TimestampedKeyValueStore<String, byte[]> members = context.getStateStore(RewardTopology.OPEN_GROUPS);
        openGroups = new OpenGroups(members, bytes -> codec.decode(Topics.OUTCOMES, bytes));
        emittedGroups = context.getStateStore(RewardTopology.EMITTED_GROUPS);
        context.schedule(EXPIRY_CHECK, PunctuationType.WALL_CLOCK_TIME, this::forgetOldGroups);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try (var ids = StreamsLogIds.of(context);
                var begun = StreamsTraces.begin("reward-emitter", context, record)) {
            trace = begun;
            process(record, ids);
        }
    }

    private void process(Record<byte[], byte[]> record, LogIds ids) {
        try {
            var ended = codec.decode(Topics.OUTCOMES, record.value());
            ids.about(ended);
            trace.about(ended);
            collect(ended, record);
        } catch (InvalidEventException invalid) {
            trace.failed(invalid);
            listener.deadLettered(invalid.getMessage());
            context.forward(DEAD_LETTERS.of(record, context, invalid), Topics.OUTCOMES.deadLetters());
        }
    }

    private void collect(RolloutEnded ended, Record<byte[], byte[]> record) {
        requireCollectable(ended, record.key());
        String groupId = ended.rolloutGroupId();
        if (emittedGroups.get(groupId) != null) {
            listener.duplicateIgnored(groupId);
            return;
        }
        var members = openGroups.membersOf(groupId);
        requireAgreement(ended, members);
        if (members.stream().anyMatch(member -> sameMember(member, ended))) {
            listener.duplicateIgnored(groupId);
            return;
        }
        members.add(ended);
        if (members.size() < ended.groupSize()) {
            openGroups.put(ended, record.value(), context.currentSystemTimeMs());
            return;
        }
        openGroups.remove(groupId);
        emittedGroups.put(groupId, context.currentSystemTimeMs());
        emit(new RolloutGroup(members), record.timestamp());
    }

    private void emit(RolloutGroup group, long timestamp) {
        var rewards = group.rewards();
        rewards.forEach(reward -> forward(Topics.REWARDS, reward, timestamp));
        forward(Topics.EXPERIENCES, group.completed(), timestamp);
        KnowledgeCandidate.of(group).ifPresent(candidate -> forward(Topics.CANDIDATES, candidate, timestamp));
        listener.groupCompleted(rewards);
    }

    private <E> void forward(Topic<E> topic, E event, long timestamp) {
        byte[] key = topic.key().apply(event).getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, codec.encode(topic, event), timestamp, trace.headers()), topic.name());
    }

    private void forgetOldGroups(long now) {
        long oldest = now - rememberFor.toMillis();
        openGroups.removeOlderThan(oldest).forEach(listener::groupExpired);
        var old = new ArrayList<String>();
        try (var groups = emittedGroups.all()) {
            groups.forEachRemaining(group -> {
                if (group.value < oldest) {
                    old.add(group.key);
                }
            });
        }
        old.forEach(emittedGroups::delete);
    }

    /** The key decides the partition: members under another key might wait for each other in different ones. */
    private static void requireCollectable(RolloutEnded ended, byte[] key) {
        String found = key == null ? "none" : "'" + new String(key, StandardCharsets.UTF_8) + "'";
        if (!found.equals("'" + ended.rolloutGroupId() + "'")) {
            throw new InvalidEventException("outcome of " + ended.selfEdit().selfEditId() + " has record key " + found
                    + "; allowed: its group's id '" + ended.rolloutGroupId() + "'");
        }
        if (ended.mode() == DataMode.BENCHMARK) {
            throw new InvalidEventException("outcome of " + ended.selfEdit().selfEditId()
                    + " belongs to a BENCHMARK datum; these are held out, no rollout of theirs is rewarded");
        }
    }

    private static void requireAgreement(RolloutEnded ended, List<RolloutEnded> members) {
        for (var member : members) {
            boolean agrees = member.groupSize() == ended.groupSize()
                    && member.dataId().equals(ended.dataId())
                    && member.mode() == ended.mode()
                    && member.lineage().equals(ended.lineage())
                    && member.policyVersion() == ended.policyVersion()
                    && member.weightsHash().equals(ended.weightsHash())
                    && member.prompt().equals(ended.prompt());
            if (!agrees) {
                throw new InvalidEventException("outcome of " + ended.selfEdit().selfEditId() + " says size "
                        + ended.groupSize() + ", datum " + ended.dataId() + ", version " + ended.policyVersion()
                        + "; " + member.selfEdit().selfEditId() + " of the same group says size " + member.groupSize()
                        + ", datum " + member.dataId() + ", version " + member.policyVersion()
                        + "; members of a group share all but their self-edit and outcome");
            }
        }
    }

    private static boolean sameMember(RolloutEnded one, RolloutEnded other) {
        return one.selfEdit().index() == other.selfEdit().index();
    }
}
