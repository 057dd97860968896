package dev.sealstream.s3artifacts;

import java.net.URI;

/**
 * Where a bucket is and how it is spoken to.
 *
 * @param bucket its name; it must exist
 * @param prefix what every key begins with, such as {@code sealstream/}; empty for none
 * @param region null takes the SDK's own (environment, profile, machine), or where an endpoint is given {@code us-east-1}, which
 *     servers other than Amazon's do not look at
 * @param endpoint of a server that is not Amazon's; null for Amazon's
 * @param pathStyle the bucket stands in the path instead of the host's name, as most other servers want it
 * @param credentials null takes the SDK's default chain: environment, web identity, profile, container, machine
 */
public record S3Settings(
        String bucket, String prefix, String region, URI endpoint, boolean pathStyle, S3Credentials credentials) {
    public S3Settings {
        if (bucket == null || bucket.isBlank()) {
            throw new IllegalArgumentException("bucket of the artifact store is missing; give the name of a bucket");
        }
        if (!prefix.isEmpty() && (prefix.startsWith("/") || !prefix.endsWith("/"))) {
            throw new IllegalArgumentException("prefix of bucket " + bucket + " is '" + prefix
                    + "'; allowed: nothing, or text that ends with / and does not begin with it");
        }
    }

    /** For people: where, and never with which secret. */
    String place() {
        return "bucket " + bucket + (endpoint == null ? "" : " at " + endpoint);
    }
}
