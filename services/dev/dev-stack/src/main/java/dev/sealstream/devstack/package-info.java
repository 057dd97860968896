/**
 * The development stack: a Kafka broker, a schema registry and Sealstream's services as processes of their own on one
 * machine, for the launcher and for integration tests.
 *
 * <p>Start with {@link dev.sealstream.devstack.DevStack}. Nothing that ships depends on this room, and no service's
 * code is on its class path: services are started from their built applications and spoken to through topics.
 */
package dev.sealstream.devstack;
