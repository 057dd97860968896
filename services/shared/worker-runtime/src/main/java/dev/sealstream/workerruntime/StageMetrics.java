package dev.sealstream.workerruntime;

import dev.sealstream.eventstreaming.StageListener;
import dev.sealstream.eventstreaming.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Quarkus;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A stage's life as metrics and log lines. A stage that gave up ends the process, so that it is started anew. */
final class StageMetrics implements StageListener {
    private static final Logger LOG = Logger.getLogger(StageMetrics.class);

    /** The same name in every service that can refuse a record. */
    private static final String DEAD_LETTERS = "seal.dead.letters";

    private final String stage;
    private final MeterRegistry meters;
    private final AtomicLong lag = new AtomicLong();

    /** Meters are there from the start, at zero: a first event shows as a rise. */
    StageMetrics(String stage, Topic<?> input, MeterRegistry meters) {
        this.stage = stage;
        this.meters = meters;
        Gauge.builder("seal.stage.lag", lag, AtomicLong::get)
                .baseUnit("records")
                .tag("stage", stage)
                .tag("topic", input.name())
                .register(meters);
        task(input.name());
        List.of("seal.stage.received", DEAD_LETTERS, "seal.stage.retries", "seal.stage.dropped")
                .forEach(metric -> count(metric, input.name(), 0));
    }

    @Override
    public void received(String topic) {
        count("seal.stage.received", topic, 1);
    }

    @Override
    public void worked(String topic, Duration duration) {
        task(topic).record(duration);
        LOG.debugf("stage %s worked %d ms on a record of %s", stage, duration.toMillis(), topic);
    }

    @Override
    public void emitted(String topic, int count) {
        count("seal.stage.emitted", topic, count);
    }

    @Override
    public void lag(String topic, long records) {
        lag.set(records);
    }

    @Override
    public void deadLettered(String topic, String reason) {
        count(DEAD_LETTERS, topic, 1);
        LOG.warnf("stage %s moved a record of %s to the dead letters: %s", stage, topic, reason);
    }

    @Override
    public void retried(String topic, Throwable fault) {
        count("seal.stage.retries", topic, 1);
        LOG.warnf("stage %s tries a record of %s again: %s", stage, topic, fault.getMessage());
    }

    @Override
    public void dropped(String topic, String reason) {
        count("seal.stage.dropped", topic, 1);
        LOG.warnf("stage %s dropped a result for %s, the record comes again: %s", stage, topic, reason);
    }

    @Override
    public void stopped(Throwable failure) {
        // The worker has said why.
        Quarkus.asyncExit(1);
    }

    private Timer task(String topic) {
        return Timer.builder("seal.stage.task")
                .tag("stage", stage)
                .tag("topic", topic)
                .register(meters);
    }

    private void count(String metric, String topic, int amount) {
        Counter.builder(metric)
                .tag("stage", stage)
                .tag("topic", topic)
                .register(meters)
                .increment(amount);
    }
}
