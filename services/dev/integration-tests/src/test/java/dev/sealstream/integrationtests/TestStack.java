package dev.sealstream.integrationtests;

import dev.sealstream.devstack.DevStack;
import dev.sealstream.devstack.DevStackConfig;
import dev.sealstream.devstack.ServiceSettings;
import dev.sealstream.eventstreaming.DeadLetterReader;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventProducer;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.LogReader;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.tinyworld.TinyModel;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A stack with some of the services, with the clients a test needs to follow it. */
final class TestStack implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final DevStack stack;
    private final KafkaSettings kafka;
    private final EventCodec codec;

    private TestStack(DevStack stack) {
        this.stack = stack;
        this.kafka =
                KafkaSettings.of(stack.bootstrapServers(), stack.registryUrl().toString());
        this.codec = new EventCodec(kafka.registryUrl());
    }

    /** @param settings {@code -D} settings of every service */
    static TestStack start(Path state, Map<String, String> settings, String... services) {
        return start(state, settings, named(services));
    }

    /** @param settings {@code -D} settings of every service */
    static TestStack start(Path state, Map<String, String> settings, List<ServiceSettings> services) {
        return start(config(state).withRegistry(TestRegistry.url()), settings, services);
    }

    /** With a registry of its own, which knows its schemas again after a restart on the same state. */
    static TestStack startRemembering(Path state, Map<String, String> settings, String... services) {
        return start(config(state).withRegistryInMemory(false), settings, named(services));
    }

    /** On a broker with a locked listener; services connect to it, the test to the administrator's. */
    static TestStack startSecured(
            Path state, Map<String, String> settings, List<ServiceSettings> services, SecuredBroker broker) {
        var stack = start(state, settings, List.of());
        broker.grant(stack.bootstrapServers());
        stack.close();
        return start(state, settings, services);
    }

    private static List<ServiceSettings> named(String... services) {
        return Arrays.stream(services).map(ServiceSettings::named).toList();
    }

    private static DevStackConfig config(Path state) {
        var root = Path.of(System.getProperty("sealstream.root"));
        return DevStackConfig.forTest(root, state).withModel(TinyModel.unpack(state.resolve("model")));
    }

    private static TestStack start(
            DevStackConfig config, Map<String, String> settings, List<ServiceSettings> services) {
        var complete = config.withServices(services);
        for (var setting : settings.entrySet()) {
            complete = complete.with(setting.getKey(), setting.getValue());
        }
        return new TestStack(DevStack.start(complete));
    }

    DevStack processes() {
        return stack;
    }

    PlainClient plainClient() {
        return new PlainClient(stack.bootstrapServers(), stack.registryUrl());
    }

    String bootstrapServers() {
        return stack.bootstrapServers();
    }

    <E> byte[] encode(Topic<E> topic, E event) {
        return codec.encode(topic, event);
    }

    <E> void send(Topic<E> topic, List<E> events) {
        try (var producer = new EventProducer(kafka, codec, "a test")) {
            events.forEach(event -> producer.send(topic, event));
            producer.flush();
        }
    }

    /** Reads a topic from its beginning until {@code enough} holds; fails when a process died or the time is over. */
    <E> List<E> readUntil(Topic<E> topic, Duration within, Predicate<List<E>> enough) {
        var deadline = Instant.now().plus(within);
        var events = new ArrayList<E>();
        try (var log = new LogReader<>(kafka, topic, codec)) {
            while (true) {
                events.addAll(log.readNew());
                if (enough.test(events)) {
                    return events;
                }
                stack.checkAlive();
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError(
                            topic + " has only " + events.size() + " events after " + within.toSeconds() + " s");
                }
                // Between looks the processor belongs to the services.
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    /** Waits until a topic has that many dead letters; fails when a process died or the time is over. */
    void awaitDeadLetters(Topic<?> topic, int count, Duration within) {
        var deadline = Instant.now().plus(within);
        int found = 0;
        try (var letters = new DeadLetterReader(kafka, topic)) {
            while ((found += letters.readNew().size()) < count) {
                stack.checkAlive();
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError(
                            topic + " has only " + found + " dead letters after " + within.toSeconds() + " s");
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    @Override
    public void close() {
        codec.close();
        stack.close();
    }
}
