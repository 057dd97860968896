/**
 * A lineage for people at the command line: its log, its tree, the evidence for a candidate, the way between two versions,
 * and their decisions about it.
 *
 * <p>Pages are lists of lines made from given events, so what is shown can be tested without a broker. Stays out: Kafka
 * (the events come through a link) and printing.
 */
package dev.sealstream.devstack.lineage;
