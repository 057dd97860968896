package dev.sealstream.connections;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Traces go to the OpenTelemetry collector that {@code seal.traces.endpoint} names; without one Quarkus would look for one on this
 * machine, so the whole of it is switched off.
 */
public final class TracesSource implements ConfigSourceFactory {
    static final String ENDPOINT = "seal.traces.endpoint";
    static final String OFF = "quarkus.otel.sdk.disabled";
    static final String EXPORTER_ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";

    /** Above {@code application.properties} (250), which knows no endpoint; below environment and system properties. */
    private static final int ORDINAL = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return List.of(
                new PropertiesConfigSource(settings(context.getValue(ENDPOINT).getValue()), "traces", ORDINAL));
    }

    static Map<String, String> settings(String endpoint) {
        var settings = new HashMap<String, String>();
        boolean off = endpoint == null || endpoint.isBlank();
        settings.put(OFF, Boolean.toString(off));
        if (!off) {
            settings.put(EXPORTER_ENDPOINT, endpoint.strip());
        }
        return settings;
    }
}
