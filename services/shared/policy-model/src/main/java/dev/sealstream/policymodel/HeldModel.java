package dev.sealstream.policymodel;

import dev.sealstream.languagemodel.LanguageModel;

/**
 * A model together with the proof of what it is.
 *
 * @param version version in its lineage, 0 for the base model
 * @param weightsHash hash chain over the base weights and every delta
 * @param model owned by the {@link ModelHost}, unless {@link ModelHost#apply} made it
 */
public record HeldModel(long version, String weightsHash, LanguageModel model) implements AutoCloseable {

    /** Only for a model that {@link ModelHost#apply} made. */
    @Override
    public void close() {
        model.close();
    }
}
