package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** One record's way through the stage, on the stage's thread: decode, work, encode; again after a transient fault. */
final class StageTask<E> implements Callable<StageTask.Done> {

    /** What is to be written. */
    sealed interface Done permits Emitted, Held, Refused {}

    record Emitted(List<ProducerRecord<byte[], byte[]>> records) implements Done {}

    record Held() implements Done {}

    record Refused(ProducerRecord<byte[], byte[]> deadLetter, String reason) implements Done {}

    /** Everything a task needs that is the same for all records. */
    record Tools<E>(
            String stageName,
            Topic<E> input,
            Stage<E> stage,
            EventCodec codec,
            FaultRouter router,
            RetryBackoff backoff,
            StageListener listener) {}

    private final Tools<E> tools;
    private final ConsumerRecord<byte[], byte[]> record;
    private boolean resetDue;
    private E event;
    private Result result;

    StageTask(Tools<E> tools, ConsumerRecord<byte[], byte[]> record, boolean resetFirst) {
        this.tools = tools;
        this.record = record;
        this.resetDue = resetFirst;
    }

    @Override
    public Done call() throws InterruptedException {
        long began = System.nanoTime();
        try (var ids = LogIds.of(record.topic(), record.partition(), record.offset());
                var trace = RecordTrace.begin(
                        tools.stageName(), record.topic(), record.partition(), record.offset(), record.headers())) {
            return untilRouted(ids, trace);
        } finally {
            tools.listener().worked(record.topic(), Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Done untilRouted(LogIds ids, RecordTrace trace) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return work(ids, trace);
            } catch (RuntimeException fault) {
                switch (tools.router().ofWork(fault, attempt)) {
                    case DEAD_LETTER -> {
                        trace.failed(fault);
                        var letter = DeadLetter.of(record, tools.stageName(), fault, attempt);
                        return new Refused(letter, fault.getMessage());
                    }
                    case RETRY -> {
                        tools.listener().retried(record.topic(), fault);
                        Thread.sleep(tools.backoff().waitAfter(attempt).toMillis());
                    }
                    case STOP -> {
                        trace.failed(fault);
                        throw fault;
                    }
                }
            }
        }
    }

    /** What succeeded in an earlier attempt is not done again. */
    private Done work(LogIds ids, RecordTrace trace) {
        if (resetDue) {
            tools.stage().reset();
            resetDue = false;
        }
        if (event == null) {
            event = tools.codec().decode(tools.input(), record.value());
            ids.about(event);
            trace.about(event);
        }
        if (result == null) {
            result = tools.stage().process(event);
        }
        if (result instanceof Result.Emit emit) {
            return new Emitted(emit.emissions().list().stream()
                    .map(emission -> encoded(emission, trace))
                    .toList());
        }
        return new Held();
    }

    private <O> ProducerRecord<byte[], byte[]> encoded(Emissions.Emission<O> emission, RecordTrace trace) {
        var topic = emission.topic();
        byte[] key = topic.key().apply(emission.event()).getBytes(StandardCharsets.UTF_8);
        byte[] value = tools.codec().encode(topic, emission.event());
        return new ProducerRecord<>(topic.name(), null, key, value, trace.headers());
    }
}
