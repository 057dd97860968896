package dev.sealstream.integrationtests;

import dev.sealstream.s3artifacts.S3ArtifactStore;
import dev.sealstream.s3artifacts.S3Credentials;
import dev.sealstream.s3artifacts.S3Settings;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.util.Map;

/** A bucket in memory on an S3 server of its own, which checks signatures. */
final class Bucket implements AutoCloseable {
    private static final String NAME = "weights";
    private static final String PREFIX = "sealstream/";
    private static final S3Credentials KEYS = new S3Credentials("an-access-key", "a-secret-key");

    private final S3Proxy server;
    private final URI endpoint;
    private final S3Client client;

    private Bucket(S3Proxy server) {
        this.server = server;
        this.endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        this.client = S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(KEYS.accessKey(), KEYS.secretKey())))
                .build();
        client.createBucket(request -> request.bucket(NAME));
    }

    static Bucket open() throws Exception {
        var server = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEYS.accessKey(), KEYS.secretKey())
                .stopTimeout(0)
                .build();
        server.start();
        return new Bucket(server);
    }

    /** What a worker has to be told. */
    Map<String, String> settings() {
        return Map.of(
                "seal.artifacts.store",
                "s3",
                "seal.artifacts.s3.bucket",
                NAME,
                "seal.artifacts.s3.endpoint",
                endpoint.toString(),
                "seal.artifacts.s3.path-style",
                "true",
                "seal.artifacts.s3.access-key",
                KEYS.accessKey(),
                "seal.artifacts.s3.secret-key",
                KEYS.secretKey());
    }

    S3ArtifactStore store() {
        return new S3ArtifactStore(new S3Settings(NAME, PREFIX, null, endpoint, true, KEYS));
    }

    void remove(String sha256) {
        client.deleteObject(request -> request.bucket(NAME).key(PREFIX + sha256.substring(0, 2) + "/" + sha256));
    }

    @Override
    public void close() throws Exception {
        client.close();
        server.stop();
    }
}
