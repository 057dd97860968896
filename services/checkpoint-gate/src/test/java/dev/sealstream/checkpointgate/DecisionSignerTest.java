package dev.sealstream.checkpointgate;

import dev.sealstream.eventstreaming.EventSigner;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What a signature covers of the one before it; whether a reader believes it is tested where readers are. */
class DecisionSignerTest {
    private static final byte[] DECISION = {0, 0, 0, 0, 1, 42};

    private final KeyValueStore<String, byte[]> last = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("signatures"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    private Optional<EventSigner> key;

    @BeforeEach
    void makeKey(@TempDir Path directory) throws Exception {
        last.init(new MockProcessorContext<>().getStateStoreContext(), last);
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        key = Optional.of(EventSigner.of(Files.writeString(
                directory.resolve("gate.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n")));
    }

    @Test
    void decisionsOfALineageFollowOneAnotherAlsoAfterARestart() {
        // Given
        var signer = new DecisionSigner(key, last, Set.of());
        var first = signed(signer, "main");
        var other = signed(signer, "other");

        // When
        var second = signed(new DecisionSigner(key, last, Set.of("main", "other")), "main");

        // Then
        assertThat(header(first, "signature-previous")).isEmpty();
        assertThat(header(other, "signature-previous")).isEmpty();
        assertThat(header(second, "signature-previous")).isEqualTo(header(first, "signature"));
        assertThat(header(second, "signature")).isNotEqualTo(header(first, "signature"));
    }

    @Test
    void lineageThatBeganWithoutSignaturesGetsNone() {
        var signer = new DecisionSigner(key, last, Set.of("main"));

        assertThat(signed(signer, "main")).isEmpty();
        assertThat(signed(signer, "new")).isNotEmpty();
    }

    @Test
    void lineageThatGoesOnUnsignedForAWhileIsNotSignedAgain() {
        // Given
        signed(new DecisionSigner(key, last, Set.of()), "main");

        // When
        var without = signed(new DecisionSigner(Optional.empty(), last, Set.of("main")), "main");
        var again = signed(new DecisionSigner(key, last, Set.of("main")), "main");

        // Then
        assertThat(without).isEmpty();
        assertThat(again)
                .as("nobody who asks for signatures knows what came between")
                .isEmpty();
    }

    private static Headers signed(DecisionSigner signer, String lineage) {
        var headers = new RecordHeaders();
        signer.sign(lineage, DECISION, headers);
        return headers;
    }

    private static byte[] header(Headers headers, String name) {
        return headers.lastHeader(name).value();
    }
}
