/**
 * Child processes: starting them, knowing when they are ready or dead, and leaving none behind.
 *
 * <p>This room knows nothing of Kafka, models or Sealstream's services; it knows command lines, logs, ports and process
 * ids. What a child does, and in which order children start, is decided one package up.
 */
package dev.sealstream.devstack.process;
