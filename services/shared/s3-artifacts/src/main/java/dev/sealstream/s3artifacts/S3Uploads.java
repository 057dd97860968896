package dev.sealstream.s3artifacts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes objects that are not there yet: small ones in one request, large files in parts. */
final class S3Uploads {
    /** S3 takes no more; parts grow where a file would need more of them. */
    private static final int PARTS_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(S3Uploads.class);
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final String ANY = "*";

    private final S3Client client;
    private final String bucket;
    private final long partBytes;

    /** Whether the server knows writes on condition that nothing is there; without, the same bytes are written again. */
    private volatile boolean conditional = true;

    /** @param partBytes largest request */
    S3Uploads(S3Client client, String bucket, long partBytes) {
        this.client = client;
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    /** @param ifAbsent leaves alone what is there */
    void put(String key, byte[] content, boolean ifAbsent) {
        write(condition -> put(key, RequestBody.fromBytes(content), condition), ifAbsent);
    }

    /** The same for a file of {@code bytes} bytes. */
    void put(String key, Path file, long bytes, boolean ifAbsent) {
        if (bytes <= partBytes) {
            write(condition -> put(key, part(file, 0, bytes), condition), ifAbsent);
        } else {
            putInParts(key, file, bytes, ifAbsent);
        }
    }

    private void put(String key, RequestBody body, String condition) {
        client.putObject(
                request -> request.bucket(bucket)
                        .key(key)
                        .contentType(CONTENT_TYPE)
                        .ifNoneMatch(condition),
                body);
    }

    private void putInParts(String key, Path file, long bytes, boolean ifAbsent) {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType(CONTENT_TYPE))
                .uploadId();
        boolean completed = false;
        try {
            var parts = parts(key, upload, file, bytes);
            completed = write(
                    condition -> client.completeMultipartUpload(request -> request.bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts))
                            .ifNoneMatch(condition)),
                    ifAbsent);
        } finally {
            if (!completed) {
                abort(key, upload);
            }
        }
    }

    private List<CompletedPart> parts(String key, String upload, Path file, long bytes) {
        long size = Math.max(partBytes, (bytes + PARTS_MAX - 1) / PARTS_MAX);
        var parts = new ArrayList<CompletedPart>();
        for (long from = 0; from < bytes; from += size) {
            int number = parts.size() + 1;
            var body = part(file, from, Math.min(size, bytes - from));
            String tag = client.uploadPart(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number),
                            body)
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        return parts;
    }

    /** What is not completed costs space until it is aborted. */
    private void abort(String key, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException stillThere) {
            LOG.warn(
                    "upload {} of key={} in bucket={} could not be aborted; a lifecycle rule of the bucket removes it: {}",
                    upload,
                    key,
                    bucket,
                    stillThere.getClass().getSimpleName());
        }
    }

    /** A part of a file that is read anew for each attempt. */
    private static RequestBody part(Path file, long from, long bytes) {
        return RequestBody.fromContentProvider(() -> new FilePart(open(file, from), bytes), bytes, CONTENT_TYPE);
    }

    private static InputStream open(Path file, long from) {
        try {
            return Channels.newInputStream(FileChannel.open(file).position(from));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** One request that makes an object. */
    private interface Write {
        /** @param condition null for none */
        void on(String condition);
    }

    /** False where the object was there already. */
    private boolean write(Write write, boolean ifAbsent) {
        boolean onCondition = ifAbsent && conditional;
        try {
            write.on(onCondition ? ANY : null);
            return true;
        } catch (AwsServiceException refused) {
            if (onCondition && S3Faults.isThereAlready(refused)) {
                return false;
            } else if (onCondition && S3Faults.isNotImplemented(refused)) {
                LOG.info("bucket={} knows no writes on condition; equal bytes are written again", bucket);
                conditional = false;
                write.on(null);
                return true;
            }
            throw refused;
        }
    }
}
