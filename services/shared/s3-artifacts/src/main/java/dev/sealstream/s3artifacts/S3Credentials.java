package dev.sealstream.s3artifacts;

/** A pair of keys; neither shows in text. */
public record S3Credentials(String accessKey, String secretKey) {
    public S3Credentials {
        if (accessKey == null || accessKey.isBlank() || secretKey == null || secretKey.isBlank()) {
            throw new IllegalArgumentException(
                    "one of access key and secret key of the artifact store is missing; give both, or neither to use the"
                            + " environment's");
        }
    }

    @Override
    public String toString() {
        return "S3Credentials[not shown]";
    }
}
