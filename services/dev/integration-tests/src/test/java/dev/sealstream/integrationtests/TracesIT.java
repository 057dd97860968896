package dev.sealstream.integrationtests;

import com.sun.net.httpserver.HttpServer;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** One trace follows a document from the topic it comes in on to its rewards, and a collector hears of it. */
class TracesIT {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void traceOfADocumentReachesItsRewardsAndTheCollector(@TempDir Path state) throws Exception {
        var bodies = new LinkedBlockingQueue<String>();
        var collector = collector(bodies);
        var settings = Map.of(
                "seal.sampling.group-size", "2",
                "seal.inner-loop.repeats", "1",
                "seal.evaluator.repeats-max", "1",
                "seal.traces.endpoint",
                        "http://localhost:" + collector.getAddress().getPort(),
                "quarkus.otel.exporter.otlp.protocol", "http/protobuf");
        try (var stack = TestStack.start(
                state, settings, "self-edit-proposer", "update-worker", "evaluator", "reward-emitter")) {
            // When
            sendTraced(stack);
            stack.readUntil(Topics.REWARDS, WITHIN, all -> all.size() == 2);

            // Then
            for (var topic : List.of(Topics.SELF_EDITS, Topics.UPDATES, Topics.OUTCOMES, Topics.REWARDS)) {
                assertThat(traceIds(stack, topic.name()))
                        .as(topic.name())
                        .isNotEmpty()
                        .containsOnly(TRACE);
            }
            awaitSpan(bodies, "self-edit-proposer seal.new-data");
            awaitSpan(bodies, "reward-emitter seal.outcomes");
        } finally {
            collector.stop(0);
        }
    }

    private static HttpServer collector(LinkedBlockingQueue<String> bodies) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Names of spans are text in the middle of the protocol's bytes. */
    private static void awaitSpan(LinkedBlockingQueue<String> bodies, String name) throws InterruptedException {
        var seen = new ArrayList<String>();
        while (seen.stream().noneMatch(body -> body.contains(name))) {
            String body = bodies.poll(WITHIN.toSeconds(), TimeUnit.SECONDS);
            assertThat(body).as("export with span " + name).isNotNull();
            seen.add(body);
        }
        bodies.addAll(seen);
    }

    private static void sendTraced(TestStack stack) throws Exception {
        var datum = TinyWorldDocuments.training(3, 1).get(0).newData();
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (var kafka = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<>(
                    Topics.NEW_DATA.name(), datum.dataId().getBytes(), stack.encode(Topics.NEW_DATA, datum));
            record.headers().add("traceparent", ("00-" + TRACE + "-b7ad6b7169203331-01").getBytes());
            kafka.send(record).get();
        }
    }

    private static List<String> traceIds(TestStack stack, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed");
        var ids = new ArrayList<String>();
        var deadline = Instant.now().plus(WITHIN);
        try (var kafka = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = kafka.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            kafka.assign(partitions);
            kafka.seekToBeginning(partitions);
            while (ids.isEmpty() && Instant.now().isBefore(deadline)) {
                kafka.poll(Duration.ofMillis(200)).forEach(record -> ids.add(traceId(record)));
            }
        }
        return ids;
    }

    private static String traceId(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader("traceparent");
        return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8).split("-")[1];
    }
}
