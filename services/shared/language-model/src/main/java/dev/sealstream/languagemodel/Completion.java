package dev.sealstream.languagemodel;

/**
 * What a model wrote.
 *
 * @param tokens without the prompt and without the stop token; not copied
 * @param logProbabilities of each token, in nats, under the model's own distribution: neither divided by the temperature nor
 *     cut by top-p, which is what a policy gradient needs. Where a stop token ended the completion, its log-probability
 *     is not included. Not copied.
 */
public record Completion(int[] tokens, float[] logProbabilities, StopReason stopReason) {}
