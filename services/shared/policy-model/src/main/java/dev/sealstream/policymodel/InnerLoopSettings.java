package dev.sealstream.policymodel;

import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.TrainingSettings;

/**
 * How an adapter learns a self-edit: θ' = SFT(θ, edit).
 *
 * @param repeats adapters trained for each self-edit with different initialisation; more repeats, less reward noise
 */
public record InnerLoopSettings(LoraSettings lora, TrainingSettings training, int repeats) {
    public InnerLoopSettings {
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats is " + repeats + "; allowed: 1 or more");
        }
    }
}
