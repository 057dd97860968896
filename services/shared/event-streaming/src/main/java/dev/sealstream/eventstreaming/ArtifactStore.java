package dev.sealstream.eventstreaming;

import dev.sealstream.domain.ArtifactReference;

/** Bytes too large for events, addressed by their content, never overwritten. */
public interface ArtifactStore {

    /** Stores the bytes unless they are there already. */
    ArtifactReference put(byte[] content);

    /**
     * The bytes, checked against the reference's size and hash.
     *
     * @throws InvalidEventException when the artifact is missing or damaged: whoever refers to it cannot be served
     */
    byte[] get(ArtifactReference reference);
}
