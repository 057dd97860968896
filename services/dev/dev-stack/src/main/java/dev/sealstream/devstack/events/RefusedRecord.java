package dev.sealstream.devstack.events;

import dev.sealstream.eventstreaming.Topic;

/**
 * A record that a service could not work on.
 *
 * @param topic where it was refused
 * @param key its key as text: the id of a datum or of a rollout group
 */
public record RefusedRecord(Topic<?> topic, String key, String reason) {}
