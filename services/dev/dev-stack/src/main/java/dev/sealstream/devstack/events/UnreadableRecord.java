package dev.sealstream.devstack.events;

/** A record that is not an event of its topic; anyone may write to a topic. */
public record UnreadableRecord(String topic, int partition, long offset, String reason) {}
