package dev.sealstream.s3artifacts;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.ArtifactUris;
import dev.sealstream.eventstreaming.HashedCopy;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.TransientFaultException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Artifacts as objects of a bucket, named by their hash: {@code <prefix>ab/abcd…}. Any number of processes may share it: an
 * object appears whole or not at all, is written on condition that it is not there yet, and hashed by the reader.
 *
 * <p>What lies under the prefix and is named otherwise is left alone. References are those of any other store, so a directory's
 * content may be copied into a bucket and events stay true.
 */
public final class S3ArtifactStore implements ArtifactStore, AutoCloseable {
    /** Few requests for a snapshot, little to send again when one fails. */
    private static final long PART_BYTES = 64L << 20;

    /** The longest object that the server copies in one request. */
    private static final long COPY_BYTES_MAX = 5L << 30;

    /** What was stored this short a time ago needs no newer date: no grace time is shorter. */
    private static final Duration FRESH = Duration.ofHours(1);

    private static final int FAN_OUT_DIGITS = 2;
    private static final Pattern NAME = Pattern.compile("(?<fan>[0-9a-f]{2})/(?<sha256>\\k<fan>[0-9a-f]{62})");

    private final S3Settings settings;
    private final S3Client client;
    private final S3Uploads uploads;
    private final S3Faults faults;
    private final Clock clock;

    /** Opens no connection yet. */
    public S3ArtifactStore(S3Settings settings) {
        this(settings, S3Clients.of(settings), PART_BYTES, Clock.systemUTC());
    }

    /** @param client closed with the store */
    S3ArtifactStore(S3Settings settings, S3Client client, long partBytes, Clock clock) {
        this.settings = settings;
        this.client = client;
        this.uploads = new S3Uploads(client, settings.bucket(), partBytes);
        this.faults = new S3Faults(settings);
        this.clock = clock;
    }

    /**
     * Finds out whether the bucket is there and lets us in, so that a service with a wrong one says so at its start and not with
     * the first work.
     *
     * @throws TransientFaultException when the server does not answer
     * @throws IllegalStateException when it refuses, with what to set
     */
    public void requireAccess() {
        asking(
                "list keys",
                () -> client.listObjectsV2(request -> request.bucket(settings.bucket())
                        .prefix(settings.prefix())
                        .maxKeys(1)));
    }

    @Override
    public ArtifactReference put(byte[] content) {
        String sha256 = Sha256.hex(content);
        return stored(sha256, content.length, ifAbsent -> uploads.put(key(sha256), content, ifAbsent));
    }

    @Override
    public ArtifactReference put(Path file) {
        try {
            var found = HashedCopy.of(file);
            return stored(
                    found.sha256(),
                    found.bytes(),
                    ifAbsent -> uploads.put(key(found.sha256()), file, found.bytes(), ifAbsent));
        } catch (IOException | UncheckedIOException e) {
            throw new TransientFaultException("cannot read file " + file + " to store it: " + e, e);
        }
    }

    /** Writes one object. */
    private interface Upload {
        void put(boolean ifAbsent);
    }

    private ArtifactReference stored(String sha256, long bytes, Upload upload) {
        String key = key(sha256);
        asking("store key " + key, () -> {
            var there = head(key);
            if (there.isEmpty()) {
                upload.put(true);
            } else if (there.get().lastModified().isBefore(clock.instant().minus(FRESH))) {
                renew(key, bytes, upload);
            }
            return null;
        });
        return ArtifactUris.reference(sha256, bytes);
    }

    /** What is stored again counts as stored now, so that it is not collected meanwhile. */
    private void renew(String key, long bytes, Upload upload) {
        if (bytes > COPY_BYTES_MAX) {
            upload.put(false);
            return;
        }
        client.copyObject(request -> request.sourceBucket(settings.bucket())
                .sourceKey(key)
                .destinationBucket(settings.bucket())
                .destinationKey(key)
                .metadataDirective(MetadataDirective.REPLACE));
    }

    @Override
    public byte[] get(ArtifactReference reference) {
        var content = new ByteArrayOutputStream();
        read(reference, () -> {
            content.reset();
            return content;
        });
        return content.toByteArray();
    }

    @Override
    public void fetch(ArtifactReference reference, Path target) {
        try {
            var part = Files.createTempFile(target.toAbsolutePath().getParent(), "fetched", ".part");
            try {
                read(reference, () -> Files.newOutputStream(part));
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new TransientFaultException("cannot write " + target + ": " + e, e);
        }
    }

    /** Begins to write anew. */
    private interface Target {
        OutputStream open() throws IOException;
    }

    /** @param target opened for each attempt */
    private void read(ArtifactReference reference, Target target) {
        String key = key(ArtifactUris.sha256(reference));
        var found = asking(
                "read key " + key,
                () -> client.getObject(
                        request -> request.bucket(settings.bucket()).key(key), (response, in) -> {
                            try (var out = target.open()) {
                                return copy(in, out);
                            }
                        }));
        if (found.bytes() != reference.bytes() || !found.sha256().equals(reference.sha256())) {
            throw new InvalidEventException("artifact " + reference.uri() + ", key " + key + " of " + settings.place()
                    + ", has " + found.bytes() + " bytes and SHA-256 " + found.sha256() + ", expected "
                    + reference.bytes() + " bytes; remove the damaged object and have it written again");
        }
    }

    /** A connection that breaks is worth another attempt, and the client makes it. */
    private static HashedCopy copy(InputStream in, OutputStream out) {
        try {
            return HashedCopy.of(in, out);
        } catch (IOException e) {
            throw RetryableException.builder()
                    .message("the answer was cut short: " + e)
                    .cause(e)
                    .build();
        }
    }

    @Override
    public Collected collect(Predicate<String> inUse, Instant storedBefore) {
        var objects = client.listObjectsV2Paginator(
                        request -> request.bucket(settings.bucket()).prefix(settings.prefix()))
                .contents();
        return asking("list keys", () -> {
            int artifacts = 0;
            long bytes = 0;
            for (var object : objects) {
                var name = NAME.matcher(object.key().substring(settings.prefix().length()));
                if (name.matches()
                        && !inUse.test(name.group("sha256"))
                        && object.lastModified().isBefore(storedBefore)
                        && removed(object.key(), storedBefore)) {
                    artifacts++;
                    bytes += object.size();
                }
            }
            return new Collected(artifacts, bytes);
        });
    }

    /** Looks again, since a long list is old when its end is reached. */
    private boolean removed(String key, Instant storedBefore) {
        return asking("remove key " + key, () -> {
            var there = head(key);
            if (there.isEmpty() || !there.get().lastModified().isBefore(storedBefore)) {
                return false;
            }
            client.deleteObject(request -> request.bucket(settings.bucket()).key(key));
            return true;
        });
    }

    private Optional<HeadObjectResponse> head(String key) {
        try {
            return Optional.of(client.headObject(
                    request -> request.bucket(settings.bucket()).key(key)));
        } catch (AwsServiceException refused) {
            if (S3Faults.isMissing(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private <T> T asking(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException fault) {
            throw faults.of(what, fault);
        }
    }

    private String key(String sha256) {
        return settings.prefix() + sha256.substring(0, FAN_OUT_DIGITS) + "/" + sha256;
    }

    @Override
    public void close() {
        client.close();
    }
}
