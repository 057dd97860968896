package dev.sealstream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A listener that asks for TLS and a password (SCRAM-SHA-512), on a broker that lets nobody do what no rule allows. The rules are
 * those of the Kubernetes manifests, read from the files that are deployed. The listener without a password stays for the
 * test itself, as the administrator.
 */
final class SecuredBroker {
    private static final String USERS = "k8s/components/secured-kafka/users.yaml";
    private static final int ITERATIONS = 4096;

    private final Path directory;
    private final int port;

    private SecuredBroker(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Writes keys and the broker's further settings to where a stack of that state finds them. */
    static SecuredBroker in(Path state) {
        try (var free = new ServerSocket(0)) {
            var secured = new SecuredBroker(state, free.getLocalPort());
            Files.createDirectories(state);
            secured.makeKeys();
            secured.writeSettings();
            return secured;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Settings of a client, by the names a service has for them. */
    Map<String, String> clientOf(String user) {
        return Map.of(
                "kafka.security.protocol", "SASL_SSL",
                "kafka.sasl.mechanism", "SCRAM-SHA-512",
                "kafka.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
                                + "\" password=\"" + password(user) + "\";",
                "kafka.ssl.truststore.type", "PEM",
                "kafka.ssl.truststore.location", directory.resolve("broker.pem").toString());
    }

    static String password(String user) {
        return "secret-of-" + user;
    }

    /** Makes the users of the manifests, and lets them do what these allow and no more. */
    void grant(String administrator) {
        var alterations = new ArrayList<UserScramCredentialAlteration>();
        var rules = new ArrayList<AclBinding>();
        for (var user : users()) {
            String name = user.at("/metadata/name").asText();
            var scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
            alterations.add(new UserScramCredentialUpsertion(name, scram, password(name)));
            user.at("/spec/authorization/acls").forEach(acl -> acl.path("operations")
                    .forEach(operation -> rules.add(rule(name, acl.path("resource"), operation.asText()))));
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", administrator))) {
            admin.alterUserScramCredentials(alterations).all().get();
            admin.createAcls(rules).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("cannot grant what " + USERS + " says", e);
        }
    }

    private static List<JsonNode> users() {
        var file = Path.of(System.getProperty("sealstream.root")).resolve(USERS);
        var yaml = new YAMLMapper();
        try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AclBinding rule(String user, JsonNode resource, String operation) {
        var type = resource.path("type").asText().equals("transactionalId")
                ? ResourceType.TRANSACTIONAL_ID
                : ResourceType.fromString(resource.path("type").asText());
        var pattern =
                resource.path("patternType").asText().equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL;
        var allowed = AclOperation.fromString(
                operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
        return new AclBinding(
                new ResourcePattern(type, resource.path("name").asText(), pattern),
                new AccessControlEntry("User:" + user, "*", allowed, AclPermissionType.ALLOW));
    }

    private void makeKeys() throws IOException {
        var store = directory.resolve("broker.p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                "of-a-test");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                store,
                "-storepass",
                "of-a-test",
                "-file",
                directory.resolve("broker.pem").toString());
    }

    private static void keytool(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making keys", e);
        }
    }

    private void writeSettings() throws IOException {
        var settings = new HashMap<String, String>();
        settings.put("listeners", "SECURED://127.0.0.1:" + port);
        settings.put("advertised.listeners", "SECURED://localhost:" + port);
        settings.put("listener.security.protocol.map", "SECURED:SASL_SSL");
        settings.put("ssl.keystore.location", directory.resolve("broker.p12").toString());
        settings.put("ssl.keystore.password", "of-a-test");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.secured.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        settings.put("allow.everyone.if.no.acl.found", "false");
        var lines = new ArrayList<String>();
        settings.forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(directory.resolve("broker.properties"), lines);
    }
}
