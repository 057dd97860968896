package dev.sealstream.rewardemitter;

import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.RetryBackoff;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together; Quarkus runs the topology when the service starts and ends it when the service stops. */
@ApplicationScoped
public class RewardEmitterWiring {
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
    Topology topology(EventCodec codec, RewardEmitterConfig config, MeterRegistry metrics) {
        return RewardTopology.build(codec, config.rememberFor(), new RewardMetrics(metrics));
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler faultRoute() {
        return new FaultRoute(RetryBackoff.DEFAULT);
    }
}
