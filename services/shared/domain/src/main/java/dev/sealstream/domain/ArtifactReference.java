package dev.sealstream.domain;

/**
 * Where bytes are and how to know them again.
 *
 * @param uri address in the artifact store
 * @param bytes size in bytes
 * @param sha256 lower-case hexadecimal SHA-256 of the content
 */
public record ArtifactReference(String uri, long bytes, String sha256) {
    public ArtifactReference {
        Require.nonBlank("uri", uri);
        if (bytes < 0) {
            throw new IllegalArgumentException("artifact " + uri + " has " + bytes + " bytes; allowed: 0 or more");
        }
        if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "artifact " + uri + " has sha256 '" + sha256 + "'; allowed: 64 lower-case hexadecimal digits");
        }
    }
}
