package dev.sealstream.checkpointgate;

import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventSigner;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.Topology;

/** Puts the topology together; {@link dev.sealstream.streamsruntime.StreamsRuntime} has the rest. */
@ApplicationScoped
public class CheckpointGateWiring {
    @Produces
    @Singleton
    Topology topology(EventCodec codec, CheckpointGateConfig config, MeterRegistry metrics) {
        return GateTopology.build(
                codec, config.rules(), config.signingKey().map(EventSigner::of), new GateMetrics(metrics));
    }
}
