/**
 * The model a worker holds and the four things it does with it: write self-edits, learn from them, answer questions,
 * and become a better writer.
 *
 * <p>A model version is a fold over the checkpoint log: base weights plus released deltas in order
 * ({@link dev.sealstream.policymodel.ModelHost}). Everything random is seeded by ids, so the same event on the same
 * version gives the same result.
 *
 * <p>Stays out: Kafka clients, Quarkus, configuration files. Events come in and go out as domain records.
 */
package dev.sealstream.policymodel;
