package dev.sealstream.eventstreaming;

import dev.sealstream.domain.ArtifactReference;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Bytes too large for events, addressed by their content, never overwritten.
 *
 * <p>Every method throws {@link TransientFaultException} when the store does not answer, and an artifact that is missing or
 * damaged is an {@link InvalidEventException} that names it: whoever refers to it cannot be served.
 */
public interface ArtifactStore {

    /** Stores the bytes unless they are there already; in either case they count as stored now. */
    ArtifactReference put(byte[] content);

    /** The same for a file, which may be larger than memory; it must not change meanwhile. */
    ArtifactReference put(Path file);

    /** The bytes, checked against the reference's size and hash. */
    byte[] get(ArtifactReference reference);

    /**
     * Writes the bytes to a file, checked as they pass: {@code target} holds all of them or is as it was before. Its directory
     * must exist.
     */
    void fetch(ArtifactReference reference, Path target);

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
