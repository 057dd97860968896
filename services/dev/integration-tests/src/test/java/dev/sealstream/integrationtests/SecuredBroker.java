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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Two listeners with TLS, of which one asks for a password (SCRAM-SHA-512) and the other for a certificate, on a broker that lets
 * nobody do what no rule allows. The rules are those of the Kubernetes manifests, read from the files that are deployed; who has a
 * certificate is called {@code CN=name} in them, as Strimzi calls it. The listener without either stays for the test itself, as
 * the administrator.
 */
final class SecuredBroker {
    private static final String USERS = "k8s/components/secured-kafka/users.yaml";
    private static final String AUTHORITY = "authority";
    private static final int ITERATIONS = 4096;

    private final Path directory;
    private final Set<String> certified;
    private final TestCertificates certificates;
    private final int passwordPort = freePort();
    private final int certificatePort = freePort();
    private final Set<AclBinding> withheld = new HashSet<>();

    private SecuredBroker(Path directory, Set<String> certified) {
        this.directory = directory;
        this.certified = certified;
        this.certificates = new TestCertificates(directory.resolve("keys.p12"));
    }

    /**
     * Writes keys and the broker's further settings to where a stack of that state finds them.
     *
     * @param certified users who log in by certificate; the others have passwords
     */
    static SecuredBroker in(Path state, Set<String> certified) {
        var secured = new SecuredBroker(state, certified);
        try {
            Files.createDirectories(state);
            secured.makeKeys();
            secured.writeSettings();
            return secured;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where that user logs in. */
    String bootstrapServers(String user) {
        return "localhost:" + (certified.contains(user) ? certificatePort : passwordPort);
    }

    /** Kafka's own settings of that user's clients. */
    Map<String, String> clientOf(String user) {
        return certified.contains(user) ? certifiedClient(user) : passwordClient(user, password(user));
    }

    Map<String, String> passwordClient(String user, String password) {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
                                + "\" password=\"" + password + "\";",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", directory.resolve("broker.pem").toString());
    }

    /** As Strimzi's Secret has it: key and certificate each for itself. */
    private Map<String, String> certifiedClient(String user) {
        return Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.key",
                certificates.key(user),
                "ssl.keystore.certificate.chain",
                certificates.chain(user),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                directory.resolve("broker.pem").toString());
    }

    /** The same with both in one file. */
    Map<String, String> certifiedClientWithFile(String user) throws IOException {
        var settings = new HashMap<>(certifiedClient(user));
        settings.remove("ssl.keystore.key");
        settings.remove("ssl.keystore.certificate.chain");
        settings.put(
                "ssl.keystore.location",
                certificates
                        .write(user + ".pem", certificates.key(user) + certificates.chain(user))
                        .toString());
        return settings;
    }

    /** TLS without any certificate of one's own. */
    Map<String, String> anonymousClient() {
        return Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", directory.resolve("broker.pem").toString());
    }

    static String password(String user) {
        return "secret-of-" + user;
    }

    /** Leaves the user's right to write that topic out of what is granted. */
    void withhold(String user, String topic) {
        withheld.add(mayWrite(user, topic));
    }

    /** Makes the users of the manifests, and lets them do what these allow and no more, less what is withheld. */
    void grant(String administrator) {
        var alterations = new ArrayList<UserScramCredentialAlteration>();
        var rules = new ArrayList<AclBinding>();
        for (var user : users()) {
            String name = user.at("/metadata/name").asText();
            if (!certified.contains(name)) {
                var scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
                alterations.add(new UserScramCredentialUpsertion(name, scram, password(name)));
            }
            user.at("/spec/authorization/acls").forEach(acl -> acl.path("operations")
                    .forEach(operation -> rules.add(rule(name, acl.path("resource"), operation.asText()))));
        }
        if (!rules.containsAll(withheld)) {
            throw new IllegalArgumentException("not all of " + withheld + " is in " + USERS);
        }
        rules.removeAll(withheld);
        try (var admin = Admin.create(Map.of("bootstrap.servers", administrator))) {
            admin.alterUserScramCredentials(alterations).all().get();
            admin.createAcls(rules).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("cannot grant what " + USERS + " says", e);
        }
    }

    /** Grants what was withheld. */
    void grantWrite(String administrator, String user, String topic) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", administrator))) {
            admin.createAcls(List.of(mayWrite(user, topic))).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("cannot let " + user + " write " + topic, e);
        }
    }

    private static Collection<JsonNode> users() {
        var file = Path.of(System.getProperty("sealstream.root")).resolve(USERS);
        var yaml = new YAMLMapper();
        try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AclBinding rule(String user, JsonNode resource, String operation) {
        var type = resource.path("type").asText().equals("transactionalId")
                ? ResourceType.TRANSACTIONAL_ID
                : ResourceType.fromString(resource.path("type").asText());
        var pattern =
                resource.path("patternType").asText().equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL;
        var allowed = AclOperation.fromString(
                operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
        return rule(user, new ResourcePattern(type, resource.path("name").asText(), pattern), allowed);
    }

    private AclBinding mayWrite(String user, String topic) {
        return rule(user, new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL), AclOperation.WRITE);
    }

    private AclBinding rule(String user, ResourcePattern resource, AclOperation allowed) {
        String principal = "User:" + (certified.contains(user) ? "CN=" : "") + user;
        return new AclBinding(resource, new AccessControlEntry(principal, "*", allowed, AclPermissionType.ALLOW));
    }

    private void makeKeys() throws IOException {
        certificates.make(AUTHORITY, "CN=clients-ca", "-ext", "bc:c");
        certificates.write("clients.pem", certificates.chain(AUTHORITY));
        var broker = new TestCertificates(directory.resolve("broker.p12"));
        broker.make("broker", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
        certificates.write("broker.pem", broker.chain("broker"));
        for (String user : certified) {
            certificates.make(user, "CN=" + user, "-signer", AUTHORITY);
        }
    }

    private void writeSettings() throws IOException {
        var settings = new HashMap<String, String>();
        settings.put(
                "listeners", "PASSWORD://127.0.0.1:" + passwordPort + ",CERTIFICATE://127.0.0.1:" + certificatePort);
        settings.put(
                "advertised.listeners",
                "PASSWORD://localhost:" + passwordPort + ",CERTIFICATE://localhost:" + certificatePort);
        settings.put("listener.security.protocol.map", "PASSWORD:SASL_SSL,CERTIFICATE:SSL");
        settings.put("ssl.keystore.location", directory.resolve("broker.p12").toString());
        settings.put("ssl.keystore.password", TestCertificates.PASSWORD);
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.password.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("listener.name.certificate.ssl.client.auth", "required");
        settings.put("listener.name.certificate.ssl.truststore.type", "PEM");
        settings.put(
                "listener.name.certificate.ssl.truststore.location",
                directory.resolve("clients.pem").toString());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        settings.put("allow.everyone.if.no.acl.found", "false");
        var lines = new ArrayList<String>();
        settings.forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(directory.resolve("broker.properties"), lines);
    }

    private static int freePort() {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
