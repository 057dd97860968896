package dev.sealstream.deployment;

import dev.sealstream.eventstreaming.Topic;

/**
 * A consumer group and the topic it reads.
 *
 * @param group name of the consumer group, or what it begins with
 * @param prefix whether there is one group for each of something, all with names that begin so
 */
public record Intake(String group, boolean prefix, Topic<?> topic) {
    static Intake of(String group, Topic<?> topic) {
        return new Intake(group, false, topic);
    }

    static Intake beginningWith(String prefix, Topic<?> topic) {
        return new Intake(prefix, true, topic);
    }

    /** What the transactional ids of this group's producers begin with. */
    String transactionalIdPrefix() {
        return prefix ? group : group + "-";
    }
}
