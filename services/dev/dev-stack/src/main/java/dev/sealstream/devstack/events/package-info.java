/**
 * The launcher's edge to Kafka: documents in, events out, as domain records.
 *
 * <p>A plain client of the topics, with no consumer group and no transaction: it follows what others commit and never
 * takes work from a service.
 */
package dev.sealstream.devstack.events;
