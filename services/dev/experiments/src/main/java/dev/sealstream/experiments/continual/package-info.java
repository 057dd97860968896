/**
 * Continual adaptation: documents that are learnt for good one after the other, and what is left of each.
 *
 * <p>Source: SEAL, arXiv 2506.10943, section 5: sequences of eight documents, one accepted self-edit each, and the matrix of
 * closed-book accuracy on every document so far after each of them. Each sequence is a lineage of its own.
 */
package dev.sealstream.experiments.continual;
