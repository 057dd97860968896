package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ReleaseRule;
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
public class CheckpointGateWiring {
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
    Topology topology(EventCodec codec, CheckpointGateConfig config, MeterRegistry metrics) {
        var rule = new ReleaseRule(config.tolerance(), config.gainStandardErrors(), config.frobeniusNormMax());
        return GateTopology.build(codec, rule, config.approval(), new GateMetrics(metrics));
    }

    @Produces
    @Singleton
    StreamsUncaughtExceptionHandler faultRoute() {
        return new FaultRoute(RetryBackoff.DEFAULT);
    }
}
