package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.RetryBackoff;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every topology needs; Quarkus runs the topology when the service starts and ends it when the service stops. */
@ApplicationScoped
public class StreamsRuntime {
    @Produces
    @Singleton
    EventCodec codec(@ConfigProperty(name = "seal.registry.url") String registryUrl) {
        return new EventCodec(registryUrl);
    }

    void closeCodec(@Disposes EventCodec codec) {
        codec.close();
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler faultRoute() {
        return new FaultRoute(RetryBackoff.DEFAULT, () -> Quarkus.asyncExit(1));
    }
}
