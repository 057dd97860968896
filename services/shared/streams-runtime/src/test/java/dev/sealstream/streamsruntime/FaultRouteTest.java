package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.BrokerAccess;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.RetryBackoff;
import dev.sealstream.eventstreaming.TransientFaultException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class FaultRouteTest {
    private static final RetryBackoff THREE_ATTEMPTS_AT_ONCE = new RetryBackoff(3, Duration.ZERO, Duration.ZERO);

    private static final BrokerAccess ACCESS = new BrokerAccess(
            KafkaSettings.of("broker:9092", "http://registry"), "an-emitter", topic -> BrokerAccess.WRITE);

    private final AtomicInteger exits = new AtomicInteger();
    private final FaultRoute route = new FaultRoute(THREE_ATTEMPTS_AT_ONCE, ACCESS, exits::incrementAndGet);

    @Test
    void transientFaultReplacesTheThreadUntilTheAttemptsAreUsedUp() {
        // Given
        var fault = new TransientFaultException("the registry does not answer");

        // When
        List<StreamThreadExceptionResponse> responses =
                Stream.generate(() -> route.handle(fault)).limit(3).toList();

        // Then
        assertThat(responses)
                .containsExactly(
                        StreamThreadExceptionResponse.REPLACE_THREAD,
                        StreamThreadExceptionResponse.REPLACE_THREAD,
                        StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(exits).hasValue(1);
    }

    @Test
    void transientFaultIsFoundWithinWhatKafkaStreamsWrapsAroundIt() {
        // Given
        var fault = new StreamsException(
                "exception caught in process", new RuntimeException(new TransientFaultException("no broker")));

        // When
        var response = route.handle(fault);

        // Then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(exits).hasValue(0);
    }

    @Test
    void anyOtherFaultStopsTheServiceAtOnce() {
        // When
        var response = route.handle(new StreamsException("a bug", new IllegalStateException("cannot be")));

        // Then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(exits).hasValue(1);
    }

    @Test
    void refusalStopsTheServiceAtOnceWhateverItIsWrappedIn() {
        // Given
        var fault = new StreamsException(
                new TransientFaultException("cannot send", new TopicAuthorizationException(Set.of("seal.rewards"))));

        // When
        var response = route.handle(fault);

        // Then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(exits).hasValue(1);
    }

    @Test
    void stoppingServiceDoesNotWaitForTheNextAttempt() {
        // Given
        var patient = new FaultRoute(
                new RetryBackoff(3, Duration.ofHours(1), Duration.ofHours(1)), ACCESS, exits::incrementAndGet);
        Thread.currentThread().interrupt();

        // When
        var response = patient.handle(new TransientFaultException("the registry does not answer"));

        // Then
        assertThat(response).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(Thread.interrupted()).isTrue();
    }
}
