package dev.sealstream.policymodel;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.PeftFormat;

/** Reads adapters by reference and proves that they are what the reference says. */
record AdapterLoader(ArtifactStore artifacts) {

    LoraAdapter load(AdapterReference reference) {
        return PeftFormat.read(artifacts.get(reference.configuration()), artifacts.get(reference.weights()));
    }

    /** Whether the adapter is kept beside the weights; its factors are not read. */
    boolean isKeptBeside(AdapterReference reference) {
        return PeftFormat.hasTopic(artifacts.get(reference.configuration()));
    }
}
