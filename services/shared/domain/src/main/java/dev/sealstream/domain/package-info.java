/**
 * The rules of learning as plain values: what a datum, a self-edit, a rollout, a reward and a release are, and how one
 * follows from the other.
 *
 * <p>Stays out: Kafka, Avro, Quarkus, tensors, clocks, random sources. Whatever is random here is derived from ids
 * ({@link dev.sealstream.domain.Seeds}).
 *
 * <p>Words: a <em>rollout group</em> is the G self-edits sampled for one datum by one policy version; a <em>rollout</em>
 * is one of them with its R repeated updates; <em>reward</em> is the mean closed-book accuracy after the update;
 * <em>advantage</em> is the reward minus the group's mean.
 */
package dev.sealstream.domain;
