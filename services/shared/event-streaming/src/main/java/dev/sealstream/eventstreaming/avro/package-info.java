/**
 * Events of the domain as Avro records and back: one small class an event, and the schemas' generated classes nowhere
 * else.
 *
 * <p>Stays out: bytes, registries and topics. A record that breaks a rule of the domain fails in the domain's
 * constructor with an {@link java.lang.IllegalArgumentException}.
 */
package dev.sealstream.eventstreaming.avro;
