/**
 * Knowledge incorporation: does the policy learn to write self-edits that teach documents it never saw?
 *
 * <p>Held-out documents are measured on the base policy and on the head after each ReST-EM round, all through the real
 * topics. {@link dev.sealstream.experiments.knowledge.Schedule} says what is to be sent next, {@link
 * dev.sealstream.experiments.knowledge.Ledger} what the topics already hold.
 */
package dev.sealstream.experiments.knowledge;
