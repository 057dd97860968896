package dev.sealstream.eventstreaming;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A registry behind TLS that asks for a name and a password. */
class RegistryAccessTest {
    private static final char[] STORE_PASSWORD = "of-a-test".toCharArray();

    @TempDir
    private Path directory;

    private HttpsServer registry;
    private String url;

    @BeforeEach
    void startRegistry() throws Exception {
        var store = directory.resolve("registry.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "registry",
                "-keystore",
                store.toString(),
                "-file",
                directory.resolve("registry.pem").toString());
        registry = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.setHttpsConfigurator(new HttpsConfigurator(serving(store)));
        registry.createContext("/", exchange -> {
            String expected =
                    "Basic " + Base64.getEncoder().encodeToString("ada:hush".getBytes(StandardCharsets.UTF_8));
            boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body =
                    (known ? "{\"versions\": [{\"contentId\": 7}]}" : "who are you?").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        registry.start();
        url = "https://localhost:" + registry.getAddress().getPort();
    }

    @AfterEach
    void stopRegistry() {
        registry.stop(0);
    }

    @Test
    void nameAndPasswordReachTheRegistryItTrusts() {
        var client = new RegistryClient(new RegistryAccess(url, "ada", "hush", directory.resolve("registry.pem")));

        assertThat(client.contentIds("seal.rewards-value")).containsExactly(7L);
    }

    @Test
    void wrongPasswordIsSaidWithTheRemedyAndNotShown() {
        var client = new RegistryClient(new RegistryAccess(url, "ada", "guessed", directory.resolve("registry.pem")));

        assertThatThrownBy(() -> client.contentIds("seal.rewards-value"))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining("answered 401")
                .hasMessageContaining("check seal.registry.username and seal.registry.password")
                .hasMessageNotContaining("guessed");
    }

    @Test
    void registryThatNobodyVouchesForIsNotAsked() {
        var client = new RegistryClient(new RegistryAccess(url, "ada", "hush", null));

        assertThatThrownBy(() -> client.contentIds("seal.rewards-value"))
                .isInstanceOf(TransientFaultException.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void truststoreThatIsNoneIsRefusedByName() throws Exception {
        var file = Files.writeString(directory.resolve("wrong.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");

        assertThatThrownBy(() -> new RegistryClient(new RegistryAccess(url, null, null, file)))
                .hasMessageContaining("wrong.pem")
                .hasMessageContaining("allowed: a PEM file of X.509 certificates");
    }

    @Test
    void passwordWithoutNameIsRefused() {
        assertThatThrownBy(() -> new RegistryAccess(url, null, "hush", null))
                .hasMessageContaining("a password and no username; allowed: both, or neither")
                .hasMessageNotContaining("hush");
    }

    private static SSLContext serving(Path store) throws Exception {
        var keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", new String(STORE_PASSWORD)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
