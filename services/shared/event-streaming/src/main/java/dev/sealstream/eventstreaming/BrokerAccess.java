package dev.sealstream.eventstreaming;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client of a broker needs there, and in what words it says that it is refused. Kafka names the topic at best, never who asked
 * nor for what right.
 */
public final class BrokerAccess {
    /** Rights by Kafka's names. */
    public static final String READ = "Read";

    public static final String WRITE = "Write";

    private final KafkaSettings kafka;
    private final String client;
    private final UnaryOperator<String> rightOnTopic;
    private final String transactionalIds;

    /**
     * @param client who needs it, such as {@code stage update-worker}
     * @param rightOnTopic what the client needs on the topic of that name
     */
    public BrokerAccess(KafkaSettings kafka, String client, UnaryOperator<String> rightOnTopic) {
        this(kafka, client, rightOnTopic, "a transactional id");
    }

    private BrokerAccess(
            KafkaSettings kafka, String client, UnaryOperator<String> rightOnTopic, String transactionalIds) {
        this.kafka = kafka;
        this.client = client;
        this.rightOnTopic = rightOnTopic;
        this.transactionalIds = transactionalIds;
    }

    static BrokerAccess reading(KafkaSettings kafka, String topic) {
        return new BrokerAccess(kafka, "a reader of " + topic, any -> READ);
    }

    /** Of a client whose transactional ids begin so. */
    public BrokerAccess withTransactionalIdPrefix(String prefix) {
        return new BrokerAccess(kafka, client, rightOnTopic, "transactional id prefix " + prefix);
    }

    /** Of a client with that transactional id. */
    BrokerAccess withTransactionalId(String id) {
        return new BrokerAccess(kafka, client, rightOnTopic, "transactional id " + id);
    }

    /** The fault in words if the broker refused something, in whatever it is wrapped; empty for any other fault. */
    public Optional<AccessRefusedException> explain(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessRefusedException explained) {
                return Optional.of(explained);
            }
            if (cause instanceof AuthorizationException refusal) {
                return Optional.of(right(refusal, fault));
            }
            if (cause instanceof SslAuthenticationException refusal) {
                return Optional.of(handshake(refusal));
            }
            if (cause instanceof AuthenticationException refusal) {
                return Optional.of(login(refusal));
            }
        }
        return Optional.empty();
    }

    /** What to throw: the refusal in words, or for any other fault what the caller makes of it. */
    public RuntimeException explainOr(Throwable fault, Supplier<? extends RuntimeException> otherwise) {
        return explain(fault).<RuntimeException>map(refused -> refused).orElseGet(otherwise);
    }

    private AccessRefusedException right(AuthorizationException refusal, Throwable fault) {
        String who = ClientName.of(kafka.extra());
        String remedy = ClientName.resource(who)
                .map(name -> "grant it, on Kubernetes in the KafkaUser " + name)
                .orElse("let the client log in as a user, and grant it to that one");
        return new AccessRefusedException(
                who + " lacks " + needed(refusal, fault) + ", which " + client + " needs", remedy, refusal);
    }

    private String needed(AuthorizationException refusal, Throwable fault) {
        if (refusal instanceof TopicAuthorizationException topics
                && !topics.unauthorizedTopics().isEmpty()) {
            return topics.unauthorizedTopics().stream()
                    .sorted()
                    .map(topic -> rightOnTopic.apply(topic) + " on topic " + topic)
                    .collect(Collectors.joining(" and "));
        }
        if (refusal instanceof GroupAuthorizationException ofGroup && ofGroup.groupId() != null) {
            return READ + " on consumer group " + ofGroup.groupId();
        }
        if (refusal instanceof TransactionalIdAuthorizationException) {
            return WRITE + " on " + transactionalIds;
        }
        // What it is wrapped in may say what was asked for.
        String said = fault == refusal ? "" : fault.getMessage() + ": ";
        return "a right (" + said + refusal.getMessage() + ")";
    }

    private AccessRefusedException login(AuthenticationException refusal) {
        var security = kafka.extra();
        return new AccessRefusedException(
                "broker " + kafka.bootstrapServers() + " refuses the login of " + ClientName.of(security) + " ("
                        + security.getOrDefault("security.protocol", "PLAINTEXT") + ", "
                        + security.getOrDefault("sasl.mechanism", "no mechanism") + "), which " + client + " needs: "
                        + refusal.getMessage(),
                "set sasl.jaas.config (of a service: KAFKA_SASL_JAAS_CONFIG) to a name and password that the broker"
                        + " knows",
                refusal);
    }

    private AccessRefusedException handshake(SslAuthenticationException refusal) {
        var causes = causes(refusal);
        boolean distrusted = causes.stream()
                .anyMatch(cause -> cause instanceof CertificateException || cause instanceof CertPathBuilderException);
        String said = causes.get(causes.size() - 1).getMessage();
        if (distrusted) {
            return new AccessRefusedException(
                    client + " does not trust the certificate of broker " + kafka.bootstrapServers() + ": " + said,
                    "set ssl.truststore.location (of a service: KAFKA_SSL_TRUSTSTORE_LOCATION), now "
                            + kafka.extra().getOrDefault("ssl.truststore.location", "none")
                            + ", to the authority that signed it, and the address to a name that it holds",
                    refusal);
        }
        return new AccessRefusedException(
                "broker " + kafka.bootstrapServers() + " refuses the TLS connection of " + ClientName.of(kafka.extra())
                        + ", which " + client + " needs: " + said,
                "where the broker asks for certificates set ssl.keystore.location, or ssl.keystore.key and"
                        + " ssl.keystore.certificate.chain (of a service: KAFKA_SSL_KEYSTORE_…), to one that its authority"
                        + " signed and that is not over",
                refusal);
    }

    private static List<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .toList();
    }
}
