package dev.sealstream.eventstreaming;

import dev.sealstream.domain.ArtifactReference;

/**
 * Addresses of artifacts: {@code artifact:<sha256>}, whatever store holds them, so that a store may move to another directory or
 * bucket and events stay true.
 */
public final class ArtifactUris {
    private static final String SCHEME = "artifact:";

    private ArtifactUris() {}

    public static ArtifactReference reference(String sha256, long bytes) {
        return new ArtifactReference(SCHEME + sha256, bytes, sha256);
    }

    /** @throws InvalidEventException if the reference is to something else than an artifact of that hash */
    public static String sha256(ArtifactReference reference) {
        if (!reference.uri().equals(SCHEME + reference.sha256())) {
            throw new InvalidEventException(
                    "artifact " + reference.uri() + " is not of this store; allowed: " + SCHEME + reference.sha256());
        }
        return reference.sha256();
    }
}
