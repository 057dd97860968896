package dev.sealstream.policymodel;

/**
 * How self-edits are sampled. SEAL: temperature 1, top-p 0.95, 5 a passage.
 *
 * @param groupSize self-edits sampled for one datum (G)
 * @param tokensMax longest completion in tokens
 */
public record SamplingSettings(int groupSize, double temperature, double topP, int tokensMax) {
    public SamplingSettings {
        if (groupSize < 1 || tokensMax < 1) {
            throw new IllegalArgumentException(
                    "groupSize is " + groupSize + " and tokensMax " + tokensMax + "; allowed: 1 or more each");
        }
    }
}
