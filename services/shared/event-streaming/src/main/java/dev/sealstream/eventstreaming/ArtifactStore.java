package dev.sealstream.eventstreaming;

import dev.sealstream.domain.ArtifactReference;

import java.time.Instant;
import java.util.function.Predicate;

/** Bytes too large for events, addressed by their content, never overwritten. */
public interface ArtifactStore {

    /** Stores the bytes unless they are there already; in either case they count as stored now. */
    ArtifactReference put(byte[] content);

    /**
     * The bytes, checked against the reference's size and hash.
     *
     * @throws InvalidEventException when the artifact is missing or damaged: whoever refers to it cannot be served
     */
    byte[] get(ArtifactReference reference);

    /**
     * Removes what nobody needs any more.
     *
     * @param inUse by SHA-256
     * @param storedBefore what was stored later stays, needed or not: an event that refers to it may be on its way
     */
    Collected collect(Predicate<String> inUse, Instant storedBefore);

    /** What was removed. */
    record Collected(int artifacts, long bytes) {}
}
