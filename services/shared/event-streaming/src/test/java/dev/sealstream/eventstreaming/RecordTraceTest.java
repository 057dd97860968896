package dev.sealstream.eventstreaming;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class RecordTraceTest {
    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final Tracer tracer = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build()
            .get("test");

    @Test
    void oneTraceFollowsADatumFromTopicToTopic() {
        // Given
        Headers proposed;
        try (var proposer = begin(tracer, "proposer", "seal.new-data", new RecordHeaders())) {
            proposed = proposer.headers();
        }

        // When
        try (var worker = begin(tracer, "worker", "seal.self-edits", proposed)) {
            worker.about(Events.proposed());
        }

        // Then
        var spans = exported.getFinishedSpanItems();
        assertThat(spans)
                .extracting(span -> span.getName())
                .containsExactly("proposer seal.new-data", "worker seal.self-edits");
        assertThat(spans.get(1).getTraceId()).isEqualTo(spans.get(0).getTraceId());
        assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
        assertThat(spans.get(1).getAttributes().asMap().toString()).contains("seal.rolloutGroupId");
    }

    @Test
    void failedWorkShowsWithItsReason() {
        // When
        try (var trace = begin(tracer, "worker", "seal.self-edits", new RecordHeaders())) {
            trace.failed(new InvalidEventException("too odd"));
        }

        // Then
        assertThat(exported.getFinishedSpanItems().get(0).getStatus())
                .isEqualTo(StatusData.create(io.opentelemetry.api.trace.StatusCode.ERROR, "too odd"));
    }

    @Test
    void withoutACollectorWhatCameIsHandedOnAndNothingIsMadeUp() {
        // Given
        var nobody = TracerProvider.noop().get("test");
        var traced = new RecordHeaders();
        traced.add("traceparent", bytes("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        // When
        Headers fromTraced;
        Headers fromUntraced;
        try (var trace = begin(nobody, "worker", "seal.self-edits", traced)) {
            fromTraced = trace.headers();
        }
        try (var trace = begin(nobody, "worker", "seal.self-edits", new RecordHeaders())) {
            fromUntraced = trace.headers();
        }

        // Then
        assertThat(fromTraced.lastHeader("traceparent").value())
                .isEqualTo(bytes("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        assertThat(fromUntraced).isEmpty();
    }

    @Test
    void headerThatIsNoTraceBeginsAnother() {
        // Given
        var nonsense = new RecordHeaders();
        nonsense.add("traceparent", bytes("nonsense"));

        // When
        try (var trace = begin(tracer, "worker", "seal.self-edits", nonsense)) {
            assertThat(trace.headers().lastHeader("traceparent")).isNotNull();
        }

        // Then
        assertThat(exported.getFinishedSpanItems().get(0).getParentSpanContext().isValid())
                .isFalse();
    }

    private static RecordTrace begin(Tracer tracer, String stage, String topic, Headers headers) {
        return RecordTrace.begin(tracer, stage, topic, 0, 1, headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
