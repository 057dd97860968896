package dev.sealstream.eventstreaming;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.nio.charset.StandardCharsets;

/**
 * The work on one record as a span of a trace, which records carry from topic to topic in the header {@code traceparent} (W3C Trace
 * Context): so one trace follows a datum through every service. Where nobody collects traces, a header that came is handed on and no
 * other is made. To be closed by the thread that began it.
 */
public final class RecordTrace implements AutoCloseable {
    private static final String INSTRUMENTATION = "dev.sealstream";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final Span span;
    private final Scope scope;

    private RecordTrace(Span span) {
        this.span = span;
        this.scope = span.makeCurrent();
    }

    /**
     * @param stage who works
     * @param topic where the record was read
     * @param headers the record's; work on a record without a trace begins one
     */
    public static RecordTrace begin(String stage, String topic, int partition, long offset, Headers headers) {
        return begin(GlobalOpenTelemetry.getTracer(INSTRUMENTATION), stage, topic, partition, offset, headers);
    }

    static RecordTrace begin(Tracer tracer, String stage, String topic, int partition, long offset, Headers headers) {
        var came = W3C.extract(Context.root(), headers, HeaderGetter.INSTANCE);
        return new RecordTrace(tracer.spanBuilder(stage + " " + topic)
                .setParent(came)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.destination.name", topic)
                .setAttribute("messaging.destination.partition.id", Integer.toString(partition))
                .setAttribute("messaging.kafka.offset", offset)
                .startSpan());
    }

    /** Once it is known what the record holds. */
    public void about(Object event) {
        EventIds.of(event).forEach((name, id) -> span.setAttribute("seal." + name, id));
    }

    /** The work came to nothing. */
    public void failed(Throwable fault) {
        span.recordException(fault).setStatus(StatusCode.ERROR, String.valueOf(fault.getMessage()));
    }

    /** Headers of a record that follows from this work. */
    public Headers headers() {
        return headers(Context.root().with(span));
    }

    /** Headers of a record that follows from whatever this thread traces, such as a request; none if it traces nothing. */
    static Headers current() {
        return headers(Context.current());
    }

    private static Headers headers(Context context) {
        var headers = new RecordHeaders();
        W3C.inject(
                context, headers, (carrier, name, value) -> carrier.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    @Override
    public void close() {
        scope.close();
        span.end();
    }
}
