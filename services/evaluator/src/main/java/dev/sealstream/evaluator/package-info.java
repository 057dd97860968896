/**
 * Judges: questions updated models closed-book and ends their rollouts, and measures candidates on held-out documents.
 *
 * <p>Stands outside what the model can change. Stays out: deciding what is released.
 */
package dev.sealstream.evaluator;
