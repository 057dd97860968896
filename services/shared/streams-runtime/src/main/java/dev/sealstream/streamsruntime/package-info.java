/**
 * The Quarkus side of a Kafka Streams service: its codec, what becomes of a fault, and how a record gets to the dead letters.
 *
 * <p>The reward emitter and the checkpoint gate wire their topologies with this and differ in the topology alone. Stays
 * out: what a topology does.
 */
package dev.sealstream.streamsruntime;
