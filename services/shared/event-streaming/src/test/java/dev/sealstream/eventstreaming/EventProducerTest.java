package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class EventProducerTest {
    private static final KafkaSettings KAFKA = new KafkaSettings(
            "b:9093",
            "http://registry",
            Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "a.Module required username=\"console\";"));

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final EventProducer producer = new EventProducer(
            kafka, EventCodec.withoutRegistry(), new BrokerAccess(KAFKA, "the console", any -> BrokerAccess.WRITE));

    @Test
    void refusedRecordSaysWhichRightIsMissing() {
        // When
        var sent = producer.send(Topics.NEW_DATA, Events.datum("d"));
        kafka.errorNext(new TopicAuthorizationException(Set.of("seal.new-data")));

        // Then
        assertThat(sent)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(AccessRefusedException.class)
                .withMessageContaining("user console lacks Write on topic seal.new-data, which the console needs");
    }

    @Test
    void producerThatTheBrokerRefusesAltogetherFailsTheRecordAndNotItsCaller() {
        // Given
        kafka.sendException = new KafkaException(
                "Cannot perform send", new ClusterAuthorizationException("Cluster authorization failed."));

        // When
        var sent = producer.send(Topics.NEW_DATA, Events.datum("d"));

        // Then
        assertThat(sent)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining(
                        "user console lacks a right (Cannot perform send: Cluster authorization failed.)");
    }

    @Test
    void otherFaultIsHandedOnAsItIs() {
        var fault = new TimeoutException("no answer");

        var sent = producer.send(Topics.NEW_DATA, Events.datum("d"));
        kafka.errorNext(fault);

        assertThat(sent)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(fault);
    }
}
