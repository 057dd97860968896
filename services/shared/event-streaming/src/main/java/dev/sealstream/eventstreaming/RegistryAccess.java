package dev.sealstream.eventstreaming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where the registry is and how to prove to it who one is.
 *
 * @param url with or without {@code /apis/registry/v3}
 * @param username for HTTP basic authentication; null to ask anonymously
 * @param password goes with it; never shown
 * @param truststore PEM file of certificates that may sign the registry's; null for those that Java trusts
 */
public record RegistryAccess(String url, String username, String password, Path truststore) {
    public RegistryAccess {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    "the registry's url is missing; allowed: the address of an Apicurio Registry 3");
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("registry " + url + " has "
                    + (username == null ? "a password and no username" : "username " + username + " and no password")
                    + "; allowed: both, or neither");
        }
    }

    public static RegistryAccess anonymous(String url) {
        return new RegistryAccess(url, null, null, null);
    }

    /** Value of the header {@code Authorization}. */
    Optional<String> authorization() {
        return username == null
                ? Optional.empty()
                : Optional.of("Basic "
                        + Base64.getEncoder()
                                .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** Trusts {@link #truststore} alone, where there is one. */
    Optional<SSLContext> trust() {
        if (truststore == null) {
            return Optional.empty();
        }
        try (var file = Files.newInputStream(truststore)) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("certificate " + trusted.size(), certificate);
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return Optional.of(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "truststore " + truststore + " of the registry cannot be used: " + e
                            + "; allowed: a PEM file of X.509 certificates",
                    e);
        }
    }

    @Override
    public String toString() {
        return "registry " + url + (username == null ? "" : " as " + username);
    }
}
