package dev.sealstream.workerruntime;

import dev.sealstream.s3artifacts.S3Credentials;
import dev.sealstream.s3artifacts.S3Settings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where adapters and snapshots are kept. */
@ConfigMapping(prefix = "seal.artifacts")
public interface ArtifactsConfig {
    /** {@code directory}, which all workers see, or {@code s3}, a bucket. All workers must use the same. */
    @WithDefault("directory")
    Store store();

    /** Directory of the content-addressed artifact store, shared by all workers. */
    @WithDefault(".seal/artifacts")
    Path directory();

    S3 s3();

    /**
     * How long an artifact stays that neither a release nor a waiting candidate refers to; longer keeps what is on its way
     * through a loop that stood still, and takes more space.
     */
    @WithDefault("14d")
    Duration grace();

    /** How often those are removed; more often frees space sooner and lists the store more often. */
    @WithDefault("24h")
    Duration collectEvery();

    /** Kinds of stores. */
    enum Store {
        DIRECTORY,
        S3
    }

    /** The bucket of a store in S3. */
    interface S3 {
        /** Its name; it must exist. */
        Optional<String> bucket();

        /** What every key begins with; several lineages' stores may share a bucket under prefixes of their own. */
        @WithDefault("sealstream/")
        String prefix();

        /** Address of a server that is not Amazon's. */
        Optional<URI> endpoint();

        /** Where the bucket is; without, what environment, profile or machine say. */
        Optional<String> region();

        /** Whether the bucket stands in the path instead of the host's name, as MinIO and most others want it. */
        @WithDefault("false")
        boolean pathStyle();

        /**
         * Keys, better given as SEAL_ARTIFACTS_S3_ACCESS_KEY and SEAL_ARTIFACTS_S3_SECRET_KEY. Without, the SDK's default chain:
         * environment, web identity, profile, container, machine.
         */
        Optional<String> accessKey();

        /** The other half. */
        Optional<String> secretKey();

        /** @throws IllegalArgumentException if the bucket or one of the keys is missing */
        default S3Settings settings() {
            if (bucket().isEmpty()) {
                throw new IllegalArgumentException(
                        "seal.artifacts.store is s3 and seal.artifacts.s3.bucket is missing; name a bucket that exists");
            }
            var credentials = accessKey().isEmpty() && secretKey().isEmpty()
                    ? null
                    : new S3Credentials(accessKey().orElse(null), secretKey().orElse(null));
            return new S3Settings(
                    bucket().get(), prefix(), region().orElse(null), endpoint().orElse(null), pathStyle(), credentials);
        }
    }
}
