package dev.sealstream.eventstreaming;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ClientNameTest {
    @Test
    void passwordsComeWithAName() {
        assertThat(name(Map.of(
                        "security.protocol", "SASL_PLAINTEXT",
                        "sasl.jaas.config", "a.Module required password=hush username=ada;")))
                .isEqualTo("user ada");
        assertThat(name(Map.of("security.protocol", "SASL_SSL"))).isEqualTo("the user of sasl.jaas.config");
        assertThat(name(Map.of())).isEqualTo("a client without a login (User:ANONYMOUS)");
    }

    @Test
    void certificateNamesItsSubjectInEveryFormThatKafkaReads(@TempDir Path directory) throws Exception {
        // Given
        Path store = directory.resolve("user.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "user",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=update-worker",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "hush-hush")
                .start();
        assertThat(keytool.waitFor()).isZero();
        var keys = KeyStore.getInstance(store.toFile(), "hush-hush".toCharArray());
        String certificate = pem("CERTIFICATE", keys.getCertificate("user").getEncoded());
        String key = pem(
                "PRIVATE KEY", keys.getKey("user", "hush-hush".toCharArray()).getEncoded());
        Path both = Files.writeString(directory.resolve("user.pem"), key + certificate);

        // Then
        assertThat(certified(Map.of("ssl.keystore.type", "PEM", "ssl.keystore.certificate.chain", certificate)))
                .isEqualTo("user CN=update-worker");
        assertThat(certified(Map.of("ssl.keystore.type", "PEM", "ssl.keystore.location", both.toString())))
                .isEqualTo("user CN=update-worker");
        assertThat(certified(Map.of(
                        "ssl.keystore.type",
                        "PKCS12",
                        "ssl.keystore.location",
                        store.toString(),
                        "ssl.keystore.password",
                        "hush-hush")))
                .isEqualTo("user CN=update-worker");
        assertThat(certified(Map.of("ssl.keystore.type", "PEM", "ssl.keystore.location", "absent.pem")))
                .isEqualTo("a client without a readable certificate (User:ANONYMOUS)");
    }

    @Test
    void resourceIsTheCommonName() {
        assertThat(ClientName.resource("user CN=update-worker,O=us")).contains("update-worker");
        assertThat(ClientName.resource("user update-worker")).contains("update-worker");
        assertThat(ClientName.resource("a client without a login (User:ANONYMOUS)"))
                .isEmpty();
    }

    private static String name(Map<String, String> security) {
        return ClientName.of(security);
    }

    private static String certified(Map<String, String> keystore) {
        var security = new HashMap<>(keystore);
        security.put("security.protocol", "SSL");
        return ClientName.of(security);
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }
}
