package dev.sealstream.languagemodel;

/**
 * How well a model predicts the tokens of one sequence.
 *
 * @param logProbabilities of each token given those before it, in nats; 0 for the first. Not copied.
 * @param best whether the token was the most probable one. Not copied.
 */
public record TokenScores(float[] logProbabilities, boolean[] best) {}
