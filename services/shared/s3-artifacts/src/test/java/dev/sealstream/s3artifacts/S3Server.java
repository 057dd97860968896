package dev.sealstream.s3artifacts;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.net.URI;
import java.util.List;

/** S3Proxy with one bucket in memory: a server that checks signatures and conditions as S3 does. */
final class S3Server implements AutoCloseable {
    static final String BUCKET = "weights";

    private static final S3Credentials CREDENTIALS = new S3Credentials("an-access-key", "a-secret-key");

    private final S3Proxy server;
    private final S3Client client;

    private S3Server(S3Proxy server) {
        this.server = server;
        this.client = S3Clients.of(settings());
        client.createBucket(request -> request.bucket(BUCKET));
    }

    static S3Server start() throws Exception {
        var server = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, CREDENTIALS.accessKey(), CREDENTIALS.secretKey())
                .stopTimeout(0)
                .build();
        server.start();
        return new S3Server(server);
    }

    S3Settings settings() {
        return settings(BUCKET, CREDENTIALS);
    }

    S3Settings settings(String bucket, S3Credentials credentials) {
        var endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        return new S3Settings(bucket, "sealstream/", null, endpoint, true, credentials);
    }

    S3ArtifactStore store() {
        return new S3ArtifactStore(settings());
    }

    /** Past the store's back. */
    S3Client client() {
        return client;
    }

    void overwrite(String key, byte[] content) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    static String key(String sha256) {
        return "sealstream/" + sha256.substring(0, 2) + "/" + sha256;
    }

    List<String> keys() {
        return client.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The address refuses connections from now on. */
    void stop() throws Exception {
        server.stop();
    }

    @Override
    public void close() throws Exception {
        client.close();
        server.stop();
    }
}
