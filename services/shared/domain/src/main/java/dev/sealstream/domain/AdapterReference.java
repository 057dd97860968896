package dev.sealstream.domain;

/**
 * A LoRA adapter in PEFT's format, by reference.
 *
 * @param configuration {@code adapter_config.json}
 * @param weights {@code adapter_model.safetensors}
 */
public record AdapterReference(ArtifactReference configuration, ArtifactReference weights) {
    public AdapterReference {
        Require.present("configuration", configuration);
        Require.present("weights", weights);
    }

    /** One hash for the pair: what a {@linkplain WeightsHash weights hash} chains on. */
    public String sha256() {
        return WeightsHash.chain(configuration.sha256(), weights.sha256());
    }
}
