/**
 * Web page and HTTP gateway: takes documents in, shows rewards and checkpoint decisions as they come, and hands on what
 * people decide about a lineage.
 *
 * <p>Reads topics from their beginning into bounded memory ({@link dev.sealstream.console.TopicFollower}); keeps nothing
 * of its own. Stays out: releasing and rejecting; that is the gate's.
 */
package dev.sealstream.console;
