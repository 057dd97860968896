/**
 * Learns self-edits: one LoRA adapter for each repeat of each self-edit of a group, all in one joint pass.
 *
 * <p>Stays out: judging what was learnt.
 */
package dev.sealstream.updateworker;
