package dev.sealstream.s3artifacts;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.TransientFaultException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What only a bucket can do, and do wrong. */
class S3ArtifactStoreTest {
    private static final byte[] CONTENT = "weights".getBytes();

    @TempDir
    Path directory;

    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void whatIsThereIsNotWrittenAgainAndCountsAsNewOnceItIsOld() {
        // Given an object that says of itself that it is the first
        String sha256 = Sha256.hex(CONTENT);
        server.client()
                .putObject(
                        request -> request.bucket(S3Server.BUCKET)
                                .key(S3Server.key(sha256))
                                .metadata(Map.of("first", "yes")),
                        RequestBody.fromBytes(CONTENT));

        // When
        try (var store = server.store()) {
            store.put(CONTENT);
        }
        var afterwards = metadata(sha256);
        try (var store = laterBy(Duration.ofDays(1))) {
            store.put(CONTENT);

            // Then
            assertThat(afterwards).containsEntry("first", "yes");
            assertThat(metadata(sha256)).isEmpty();
            assertThat(store.get(store.put(CONTENT))).isEqualTo(CONTENT);
        }
    }

    @Test
    void uploadThatIsNotWantedAnyMoreLeavesNothingBehind() throws IOException {
        // Given somebody who stores the same file while its parts are on their way
        var file = Files.write(directory.resolve("large"), ArtifactStoreContract.random(11 << 20));
        String key = S3Server.key(Sha256.hex(Files.readAllBytes(file)));
        server.overwrite(key, Files.readAllBytes(file));
        var uploads = new S3Uploads(server.client(), S3Server.BUCKET, 5 << 20);

        // When
        uploads.put(key, file, Files.size(file), true);

        // Then
        assertThat(server.client()
                        .listMultipartUploads(request -> request.bucket(S3Server.BUCKET))
                        .uploads())
                .isEmpty();
        assertThat(server.keys()).containsExactly(key);
    }

    @Test
    void whatOthersKeepUnderThePrefixIsLeftAlone() {
        // Given
        server.overwrite("sealstream/README.txt", CONTENT);
        server.overwrite("other/" + Sha256.hex(CONTENT), CONTENT);

        // When
        try (var store = server.store()) {
            store.put(CONTENT);
            var removed = store.collect(hash -> false, Instant.now().plusSeconds(60));

            // Then
            assertThat(removed.artifacts()).isEqualTo(1);
        }
        assertThat(server.keys()).containsExactlyInAnyOrder("sealstream/README.txt", "other/" + Sha256.hex(CONTENT));
    }

    @Test
    void bucketThatDoesNotExistIsNamedWithTheRemedy() {
        var reference = put();

        try (var store = new S3ArtifactStore(server.settings("elsewhere", credentials("a-secret-key")))) {
            assertThatThrownBy(() -> store.get(reference))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bucket elsewhere at http://127.0.0.1:")
                    .hasMessageContaining("NoSuchBucket")
                    .hasMessageContaining("seal.artifacts.s3.bucket");
        }
    }

    @Test
    void credentialsThatAreNotValidStopTheServiceAndShowNowhere() {
        var reference = put();
        var settings = server.settings(S3Server.BUCKET, credentials("another-secret"));

        try (var store = new S3ArtifactStore(settings)) {
            assertThatThrownBy(() -> store.get(reference))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("403")
                    .hasMessageContaining(S3Server.key(reference.sha256()))
                    .hasMessageContaining("s3:GetObject")
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain("another-secret")
                    .doesNotContain("an-access-key");
        }
        assertThat(settings.toString()).doesNotContain("another-secret").doesNotContain("an-access-key");
    }

    @Test
    void accessIsFoundOutBeforeThereIsAnythingToStore() throws Exception {
        // Given
        var good = server.store();
        var elsewhere = new S3ArtifactStore(server.settings("elsewhere", credentials("a-secret-key")));
        var stranger = new S3ArtifactStore(server.settings(S3Server.BUCKET, credentials("another-secret")));
        try (good;
                elsewhere;
                stranger) {
            // Then
            good.requireAccess();
            assertThatThrownBy(elsewhere::requireAccess)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("create the bucket, or name another one in seal.artifacts.s3.bucket");
            assertThatThrownBy(stranger::requireAccess)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("403")
                    .hasMessageContaining("the service's credentials must be valid there");

            // When
            server.stop();

            // Then
            assertThatThrownBy(good::requireAccess).isInstanceOf(TransientFaultException.class);
        }
    }

    @Test
    void serverThatDoesNotAnswerIsWorthAnotherTry() throws Exception {
        var reference = put();
        try (var store = server.store()) {
            // When
            server.stop();

            // Then
            assertThatThrownBy(() -> store.get(reference))
                    .isInstanceOf(TransientFaultException.class)
                    .hasMessageContaining("bucket weights at http://127.0.0.1:");
            assertThatThrownBy(() -> store.put(CONTENT)).isInstanceOf(TransientFaultException.class);
        }
    }

    @Test
    void fileThatIsNotThereIsNotStored() {
        try (var store = server.store()) {
            assertThatThrownBy(() -> store.put(directory.resolve("nowhere"))).hasMessageContaining("nowhere");
        }
        assertThat(server.keys()).isEmpty();
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        assertThatThrownBy(() -> new S3Settings(" ", "", null, null, false, null))
                .hasMessageContaining("bucket");
        assertThatThrownBy(() -> new S3Settings("weights", "sealstream", null, null, false, null))
                .hasMessageContaining("'sealstream'");
        assertThatThrownBy(() -> new S3Credentials("an-access-key", null)).hasMessageContaining("give both");
    }

    private ArtifactReference put() {
        try (var store = server.store()) {
            return store.put(CONTENT);
        }
    }

    private static S3Credentials credentials(String secret) {
        return new S3Credentials("an-access-key", secret);
    }

    private Map<String, String> metadata(String sha256) {
        return server.client()
                .headObject(request -> request.bucket(S3Server.BUCKET).key(S3Server.key(sha256)))
                .metadata();
    }

    private S3ArtifactStore laterBy(Duration time) {
        var settings = server.settings();
        return new S3ArtifactStore(settings, S3Clients.of(settings), 5 << 20, Clock.offset(Clock.systemUTC(), time));
    }
}
