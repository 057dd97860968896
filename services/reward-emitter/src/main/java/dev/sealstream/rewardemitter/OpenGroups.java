package dev.sealstream.rewardemitter;

import dev.sealstream.domain.RolloutEnded;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The members of incomplete groups: one entry for each, keyed by group and index, with the bytes as they came and the
 * time they came. One entry a member keeps every changelog record as small as the record it came with.
 */
final class OpenGroups {
    private static final char SEPARATOR = '#';

    private final TimestampedKeyValueStore<String, byte[]> members;
    private final Function<byte[], RolloutEnded> decoder;

    OpenGroups(TimestampedKeyValueStore<String, byte[]> members, Function<byte[], RolloutEnded> decoder) {
        this.members = members;
        this.decoder = decoder;
    }

    void put(RolloutEnded ended, byte[] bytes, long nowMillis) {
        members.put(
                ended.rolloutGroupId() + SEPARATOR + ended.selfEdit().index(),
                ValueAndTimestamp.make(bytes, nowMillis));
    }

    /** A list of its own for the caller to change. */
    List<RolloutEnded> membersOf(String groupId) {
        return new ArrayList<>(entriesOf(groupId).stream()
                .map(entry -> decoder.apply(entry.value.value()))
                .toList());
    }

    void remove(String groupId) {
        entriesOf(groupId).forEach(entry -> members.delete(entry.key));
    }

    /** Removes whole groups, as soon as one member is older; returns their ids. */
    List<String> removeOlderThan(long oldestMillis) {
        var expired = new TreeSet<String>();
        try (var all = members.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value.timestamp() < oldestMillis) {
                    expired.add(groupId(entry.key));
                }
            });
        }
        expired.forEach(this::remove);
        return List.copyOf(expired);
    }

    private List<KeyValue<String, ValueAndTimestamp<byte[]>>> entriesOf(String groupId) {
        var entries = new ArrayList<KeyValue<String, ValueAndTimestamp<byte[]>>>();
        try (KeyValueIterator<String, ValueAndTimestamp<byte[]>> found =
                members.prefixScan(groupId + SEPARATOR, new StringSerializer())) {
            found.forEachRemaining(entry -> {
                // The prefix of group "a" also finds members of a group called "a#1".
                if (groupId(entry.key).equals(groupId)) {
                    entries.add(entry);
                }
            });
        }
        return entries;
    }

    private static String groupId(String key) {
        return key.substring(0, key.lastIndexOf(SEPARATOR));
    }
}
