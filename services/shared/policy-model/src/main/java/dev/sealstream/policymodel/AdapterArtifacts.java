package dev.sealstream.policymodel;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.PeftFormat;

/** Puts adapters into the artifact store in PEFT's format. */
public final class AdapterArtifacts {
    private final ArtifactStore artifacts;
    private final String baseModelName;

    /** @param baseModelName what {@code adapter_config.json} names as the base model */
    public AdapterArtifacts(ArtifactStore artifacts, String baseModelName) {
        this.artifacts = artifacts;
        this.baseModelName = baseModelName;
    }

    public AdapterReference put(LoraAdapter adapter) {
        return new AdapterReference(
                artifacts.put(PeftFormat.configJson(adapter, baseModelName)),
                artifacts.put(PeftFormat.safetensors(adapter)));
    }
}
