package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.RetryBackoff;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/** What every topology needs; Quarkus runs the topology when the service starts and ends it when the service stops. */
@ApplicationScoped
public class StreamsRuntime {
    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler faultRoute() {
        return new FaultRoute(RetryBackoff.DEFAULT, () -> Quarkus.asyncExit(1));
    }
}
