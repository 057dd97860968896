package dev.sealstream.deployment;

/** What generated manifests have in common. */
final class Generated {
    /** Name of the Kafka cluster. */
    static final String CLUSTER = "seal";

    static final String HEADER =
            "# Written by services/dev/deployment; change the code, not this file. See k8s/README.md.\n";

    private Generated() {}
}
