package dev.sealstream.deployment;

import dev.sealstream.eventstreaming.StageListener;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

import java.lang.reflect.Constructor;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names under which the services' own classes, and the binders that Quarkus switches on for them, export metrics:
 * scraped from a registry like theirs.
 */
final class ExportedMetrics {
    private static final Pattern NAME = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)[ {]");

    /** What Prometheus itself says of whatever it asks. */
    private static final String UP = "up";

    private ExportedMetrics() {}

    static Set<String> names() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var names = new TreeSet<String>();
        names.add(UP);
        ownMeters(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        try (var streams = streams();
                var binder = new KafkaStreamsMetrics(streams)) {
            binder.bindTo(registry);
            NAME.matcher(registry.scrape())
                    .results()
                    .map(match -> match.group(1))
                    .forEach(names::add);
        }
        return names;
    }

    /** Made as the services make them. They are not public, since nobody else has a use for them. */
    private static void ownMeters(MeterRegistry registry) {
        made("dev.sealstream.rewardemitter.RewardMetrics", new Class<?>[] {MeterRegistry.class}, registry);
        made("dev.sealstream.checkpointgate.GateMetrics", new Class<?>[] {MeterRegistry.class}, registry);
        made("dev.sealstream.workerruntime.TokenMetrics", new Class<?>[] {MeterRegistry.class}, registry);
        var stage = (StageListener) made(
                "dev.sealstream.workerruntime.StageMetrics",
                new Class<?>[] {String.class, Topic.class, MeterRegistry.class},
                "evaluator",
                Topics.UPDATES,
                registry);
        stage.emitted(Topics.OUTCOMES.name(), 1);
    }

    private static Object made(String type, Class<?>[] parameters, Object... arguments) {
        try {
            Constructor<?> constructor = Class.forName(type).getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type + " as its service does", e);
        }
    }

    /** Never started, so no broker is needed; its clients have their metrics from the start. */
    private static KafkaStreams streams() {
        var settings = new Properties();
        settings.put("application.id", "metrics");
        settings.put("bootstrap.servers", "localhost:1");
        var topology = new Topology()
                .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.OUTCOMES.name());
        return new KafkaStreams(topology, settings);
    }
}
