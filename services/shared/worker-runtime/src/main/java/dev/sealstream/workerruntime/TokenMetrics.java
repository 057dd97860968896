package dev.sealstream.workerruntime;

import dev.sealstream.languagemodel.TokenMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Tokens as counters; their rate is tokens a second. */
final class TokenMetrics implements TokenMeter {
    private final Counter generated;
    private final Counter trained;

    TokenMetrics(MeterRegistry meters) {
        generated = counter("generated", meters);
        trained = counter("trained", meters);
    }

    @Override
    public void generated(long tokens) {
        generated.increment(tokens);
    }

    @Override
    public void trained(long tokens) {
        trained.increment(tokens);
    }

    private static Counter counter(String kind, MeterRegistry meters) {
        return Counter.builder("seal.tokens").tag("kind", kind).register(meters);
    }
}
