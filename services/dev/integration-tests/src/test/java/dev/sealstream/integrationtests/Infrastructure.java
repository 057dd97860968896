package dev.sealstream.integrationtests;

import dev.sealstream.devstack.DevStack;
import dev.sealstream.devstack.DevStackConfig;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventProducer;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.LogReader;
import dev.sealstream.eventstreaming.SchemaRegistrar;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.TopicCreator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Broker and registry with topics and schemas, but no service: for tests of event-streaming itself. */
final class Infrastructure implements AutoCloseable {
    /** Nothing here takes ten seconds; the rest is room for a busy machine. */
    static final Duration WITHIN = Duration.ofMinutes(1);

    /** Between two looks, to leave the processor to what is waited for. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final DevStack stack;
    private final EventCodec codec;

    private Infrastructure(DevStack stack) {
        this.stack = stack;
        this.codec = new EventCodec(registryUrl());
    }

    static Infrastructure start(Path state) {
        var root = Path.of(System.getProperty("sealstream.root"));
        var infrastructure = new Infrastructure(DevStack.start(DevStackConfig.forTest(root, state)));
        TopicCreator.createMissing(infrastructure.stack.bootstrapServers());
        SchemaRegistrar.register(infrastructure.registryUrl());
        return infrastructure;
    }

    String registryUrl() {
        return stack.registryUrl().resolve("/apis/registry/v3").toString();
    }

    String bootstrapServers() {
        return stack.bootstrapServers();
    }

    KafkaSettings kafka(Map<String, String> extra) {
        return new KafkaSettings(stack.bootstrapServers(), registryUrl(), extra);
    }

    EventCodec codec() {
        return codec;
    }

    <E> void send(Topic<E> topic, E event) {
        try (var producer = new EventProducer(kafka(Map.of()), codec, "a test")) {
            producer.send(topic, event).join();
        }
    }

    /** The events of a topic that match, once there are at least so many. */
    <E> List<E> await(Topic<E> topic, Predicate<E> which, int count) {
        try (var log = new LogReader<>(kafka(Map.of()), topic, codec)) {
            var found = new ArrayList<E>();
            await(count + " matching events in " + topic, () -> {
                log.readNew().stream().filter(which).forEach(found::add);
                return found.size() >= count;
            });
            return found;
        }
    }

    /** Asks again and again; fails after {@link #WITHIN}. */
    static void await(String what, BooleanSupplier condition) {
        var deadline = Instant.now().plus(WITHIN);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("waited " + WITHIN.toSeconds() + " s in vain for " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() {
        codec.close();
        stack.close();
    }
}
