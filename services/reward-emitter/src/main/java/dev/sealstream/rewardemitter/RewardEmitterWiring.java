package dev.sealstream.rewardemitter;

import dev.sealstream.eventstreaming.EventCodec;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.Topology;

/** Puts the topology together; {@link dev.sealstream.streamsruntime.StreamsRuntime} has the rest. */
@ApplicationScoped
public class RewardEmitterWiring {
    @Produces
    @Singleton
    Topology topology(EventCodec codec, RewardEmitterConfig config, MeterRegistry metrics) {
        return RewardTopology.build(codec, config.rememberFor(), new RewardMetrics(metrics));
    }
}
