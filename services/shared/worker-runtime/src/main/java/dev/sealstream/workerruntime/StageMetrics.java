package dev.sealstream.workerruntime;

import dev.sealstream.eventstreaming.StageListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Quarkus;
import org.jboss.logging.Logger;

import java.time.Duration;

/** A stage's life as metrics and log lines. A stage that gave up ends the process, so that it is started anew. */
final class StageMetrics implements StageListener {
    private static final Logger LOG = Logger.getLogger(StageMetrics.class);

    private final String stage;
    private final MeterRegistry meters;

    StageMetrics(String stage, MeterRegistry meters) {
        this.stage = stage;
        this.meters = meters;
    }

    @Override
    public void received(String topic) {
        count("seal.stage.received", topic, 1);
    }

    @Override
    public void worked(String topic, Duration duration) {
        Timer.builder("seal.stage.task")
                .tag("stage", stage)
                .tag("topic", topic)
                .register(meters)
                .record(duration);
        LOG.debugf("stage %s worked %d ms on a record of %s", stage, duration.toMillis(), topic);
    }

    @Override
    public void emitted(String topic, int count) {
        count("seal.stage.emitted", topic, count);
    }

    @Override
    public void deadLettered(String topic, String reason) {
        count("seal.stage.dead.letters", topic, 1);
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
        LOG.errorf(failure, "stage %s stopped: %s", stage, failure.getMessage());
        Quarkus.asyncExit(1);
    }

    private void count(String metric, String topic, int amount) {
        Counter.builder(metric)
                .tag("stage", stage)
                .tag("topic", topic)
                .register(meters)
                .increment(amount);
    }
}
