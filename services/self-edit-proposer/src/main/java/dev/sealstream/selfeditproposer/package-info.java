/**
 * Writes self-edits: for each datum that is to be learnt, the head of its lineage samples a rollout group.
 *
 * <p>Stays out: training, grading, rewards.
 */
package dev.sealstream.selfeditproposer;
