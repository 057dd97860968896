package dev.sealstream.eventstreaming;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** As whom a client logs in, read from its settings: what a broker calls its principal, for words only. */
final class ClientName {
    private static final Pattern USERNAME = Pattern.compile("\\busername\\s*=\\s*\"?([^\"\\s;]+)");
    private static final Pattern COMMON_NAME = Pattern.compile("CN=([^,]+)");

    private ClientName() {}

    /** @param security Kafka's own names and values */
    static String of(Map<String, String> security) {
        String protocol = security.getOrDefault("security.protocol", "PLAINTEXT");
        if (protocol.startsWith("SASL")) {
            var username = USERNAME.matcher(security.getOrDefault("sasl.jaas.config", ""));
            return username.find() ? "user " + username.group(1) : "the user of sasl.jaas.config";
        }
        if (protocol.equals("SSL")) {
            return subject(security)
                    .map(subject -> "user " + subject)
                    .orElse("a client without a readable certificate (User:ANONYMOUS)");
        }
        return "a client without a login (User:ANONYMOUS)";
    }

    /** Name of the Kubernetes resource that Strimzi makes such a user from. */
    static Optional<String> resource(String name) {
        if (!name.startsWith("user ")) {
            return Optional.empty();
        }
        String user = name.substring("user ".length());
        var common = COMMON_NAME.matcher(user);
        return Optional.of(common.find() ? common.group(1) : user);
    }

    private static Optional<String> subject(Map<String, String> security) {
        try {
            return certificate(security).map(certificate -> ((X509Certificate) certificate)
                    .getSubjectX500Principal()
                    .getName());
        } catch (IOException | GeneralSecurityException unreadable) {
            // The client itself says better what is wrong with its certificate.
            return Optional.empty();
        }
    }

    private static Optional<Certificate> certificate(Map<String, String> security)
            throws IOException, GeneralSecurityException {
        String text = security.get("ssl.keystore.certificate.chain");
        if (text != null) {
            return first(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        }
        String location = security.get("ssl.keystore.location");
        if (location == null) {
            return Optional.empty();
        }
        String type = security.getOrDefault("ssl.keystore.type", "JKS");
        try (var file = Files.newInputStream(Path.of(location))) {
            return type.equals("PEM") ? first(certificatesOf(file)) : first(file, type, security);
        }
    }

    private static Optional<Certificate> first(InputStream pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                .map(Certificate.class::cast)
                .findFirst();
    }

    /** A keystore in PEM holds the key as well, which the certificates' parser does not take. */
    private static InputStream certificatesOf(InputStream pem) throws IOException {
        String all = new String(pem.readAllBytes(), StandardCharsets.US_ASCII);
        int begin = Math.max(0, all.indexOf("-----BEGIN CERTIFICATE-----"));
        int end = all.lastIndexOf("-----END CERTIFICATE-----");
        String certificates = end < begin ? "" : all.substring(begin, end) + "-----END CERTIFICATE-----";
        return new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<Certificate> first(InputStream file, String type, Map<String, String> security)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(type);
        String password = security.get("ssl.keystore.password");
        store.load(file, password == null ? null : password.toCharArray());
        var aliases = store.aliases();
        return aliases.hasMoreElements()
                ? Optional.ofNullable(store.getCertificate(aliases.nextElement()))
                : Optional.empty();
    }
}
