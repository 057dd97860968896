package dev.sealstream.languagemodel;

import java.util.Set;

/**
 * How tokens are drawn.
 *
 * @param temperature divides the logits; 0 always takes the most probable token
 * @param topP draw only from the most probable tokens that together reach this probability (Holtzman et al. 2020); 1 keeps all
 * @param maxTokens end after so many tokens
 * @param stopTokens end at any of these
 */
public record Sampling(double temperature, double topP, int maxTokens, Set<Integer> stopTokens) {
    public Sampling {
        stopTokens = Set.copyOf(stopTokens);
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature is " + temperature + "; it must be 0 (greedy) or positive");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP is " + topP + "; it must be above 0 and at most 1");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens is " + maxTokens + "; at least 1 is needed");
        }
    }

    /** Always the most probable token. */
    public static Sampling greedy(int maxTokens, Set<Integer> stopTokens) {
        return new Sampling(0, 1, maxTokens, stopTokens);
    }
}
