package dev.sealstream.connections;

import dev.sealstream.eventstreaming.ClientSecurity;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventVerifier;
import dev.sealstream.eventstreaming.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import java.util.HashMap;
import java.util.Map;

/** The service's settings for broker and registry, as everything that connects to them wants them. */
@ApplicationScoped
public class Connections {
    @Produces
    @Singleton
    KafkaSettings kafka(KafkaConfig kafka, RegistryConfig registry, Config all) {
        return new KafkaSettings(kafka.bootstrapServers(), registry.url(), ClientSecurity.of(values(all)));
    }

    private static Map<String, String> values(Config all) {
        var values = new HashMap<String, String>();
        for (String name : all.getPropertyNames()) {
            if (name.regionMatches(true, 0, "kafka", 0, "kafka".length())) {
                all.getOptionalValue(name, String.class).ifPresent(value -> values.put(name, value));
            }
        }
        return values;
    }

    @Produces
    @Singleton
    EventCodec codec(RegistryConfig registry) {
        return new EventCodec(registry.access());
    }

    @Produces
    @Singleton
    EventVerifier verifier(CheckpointsConfig checkpoints) {
        return checkpoints.publicKeys().map(EventVerifier::of).orElse(EventVerifier.NONE);
    }

    void closeCodec(@Disposes EventCodec codec) {
        codec.close();
    }
}
