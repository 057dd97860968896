/**
 * Experiments: what learning is worth, measured on documents the policy never saw.
 *
 * <p>An experiment is a client of the topics like any other. It sends documents, reads what the services make of them and
 * computes nothing but statistics; all it has done is in the topics, so it goes on where it stopped.
 */
package dev.sealstream.experiments;
