package dev.sealstream.eventstreaming;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

import java.security.cert.CertificateException;
import java.util.Map;
import java.util.Set;

import javax.net.ssl.SSLHandshakeException;

import static org.assertj.core.api.Assertions.assertThat;

/** What a broker refuses, in words that name who, what and the remedy, and no secret. */
class BrokerAccessTest {
    private static final Map<String, String> PASSWORD = Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config", "a.Module required username=\"update-worker\" password=\"hush\";",
            "ssl.truststore.location", "/ca/ca.crt");

    private final BrokerAccess access = stage(PASSWORD);

    @Test
    void missingRightIsNamedWithItsResourceTheUserAndWhereToGrantIt() {
        assertThat(words(new TopicAuthorizationException(Set.of("seal.self-edits"))))
                .isEqualTo("user update-worker lacks Read on topic seal.self-edits, which stage update-worker needs;"
                        + " grant it, on Kubernetes in the KafkaUser update-worker");
        assertThat(words(new TopicAuthorizationException(Set.of("seal.updates", "seal.outcomes"))))
                .contains("lacks Write on topic seal.outcomes and Write on topic seal.updates,");
        assertThat(words(GroupAuthorizationException.forGroupId("update-worker")))
                .contains("lacks Read on consumer group update-worker,");
        assertThat(words(new TransactionalIdAuthorizationException("Transactional Id authorization failed.")))
                .contains("lacks Write on transactional id prefix update-worker-,");
    }

    @Test
    void refusalIsFoundInWhateverItIsWrapped() {
        var wrapped = new KafkaException(
                "Cannot execute transactional method because we are in an error state",
                new TopicAuthorizationException(Set.of("seal.updates")));

        assertThat(words(wrapped)).startsWith("user update-worker lacks Write on topic seal.updates");
        var before = access.explain(wrapped).orElseThrow();
        assertThat(access.explain(new IllegalStateException(before)))
                .as("what was put into words before")
                .containsSame(before);
    }

    @Test
    void rightThatKafkaDoesNotNameIsToldByWhatWasAskedFor() {
        var unnamed = new KafkaException(
                "Could not create topic a-changelog", new TopicAuthorizationException("Topic authorization failed."));

        assertThat(words(unnamed))
                .contains("lacks a right (Could not create topic a-changelog: Topic authorization failed.), which");
    }

    @Test
    void otherFaultsAreLeftAsTheyAre() {
        assertThat(access.explain(new KafkaException(new TimeoutException("no answer"))))
                .isEmpty();
    }

    @Test
    void refusedLoginNamesBrokerUserAndSettingAndNoPassword() {
        assertThat(words(new SaslAuthenticationException("Authentication failed due to invalid credentials")))
                .isEqualTo(
                        "broker b:9093 refuses the login of user update-worker (SASL_SSL, SCRAM-SHA-512), which stage"
                                + " update-worker needs: Authentication failed due to invalid credentials; set sasl.jaas.config"
                                + " (of a service: KAFKA_SASL_JAAS_CONFIG) to a name and password that the broker knows");
    }

    @Test
    void certificateOfTheBrokerThatNobodyVouchesForNamesTheTruststore() {
        var handshake = new SSLHandshakeException("PKIX path building failed");
        handshake.initCause(new CertificateException("unable to find valid certification path"));

        assertThat(words(new SslAuthenticationException("SSL handshake failed", handshake)))
                .isEqualTo("stage update-worker does not trust the certificate of broker b:9093: unable to find valid"
                        + " certification path; set ssl.truststore.location (of a service: KAFKA_SSL_TRUSTSTORE_LOCATION),"
                        + " now /ca/ca.crt, to the authority that signed it, and the address to a name that it holds");
    }

    @Test
    void certificateThatTheBrokerRefusesNamesTheKeystore() {
        var refused = new SslAuthenticationException(
                "SSL handshake failed", new SSLHandshakeException("Received fatal alert: bad_certificate"));

        assertThat(stage(Map.of("security.protocol", "SSL")).explain(refused).orElseThrow())
                .hasMessageStartingWith("broker b:9093 refuses the TLS connection of a client without a readable"
                        + " certificate (User:ANONYMOUS), which stage update-worker needs: Received fatal alert:"
                        + " bad_certificate; where the broker asks for certificates set ssl.keystore.location");
    }

    @Test
    void whoHasNoLoginIsToldToGetOne() {
        assertThat(stage(Map.of()).explain(new TopicAuthorizationException(Set.of("seal.updates"))))
                .get()
                .hasToString("dev.sealstream.eventstreaming.AccessRefusedException: a client without a login"
                        + " (User:ANONYMOUS) lacks Write on topic seal.updates, which stage update-worker needs; let the"
                        + " client log in as a user, and grant it to that one");
    }

    private String words(Exception fault) {
        return access.explain(fault).orElseThrow().getMessage();
    }

    private static BrokerAccess stage(Map<String, String> security) {
        var kafka = new KafkaSettings("b:9093", "http://registry", security);
        return StageSettings.of(kafka, "update-worker").access(Topics.SELF_EDITS);
    }
}
