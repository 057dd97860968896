/**
 * How a service reaches broker and registry, and proves there who it is: read from configuration in one place, the same for
 * workers, Kafka Streams services and the console.
 *
 * <p>Stays out: what is read and written.
 */
package dev.sealstream.connections;
