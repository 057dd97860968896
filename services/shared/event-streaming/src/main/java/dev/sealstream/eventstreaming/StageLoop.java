package dev.sealstream.eventstreaming;

import dev.sealstream.eventstreaming.FaultRouter.Route;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The loop of a {@link StageWorker}, one turn at a time: poll, take one record, hand it to the stage's thread, go on polling
 * with all partitions paused, then write result and offset in one transaction.
 *
 * <p>One thread runs it, and that thread also hears of partitions that move, inside {@code poll}. So at the moment of a
 * commit the loop knows every revocation the broker considers accepted; an instance the broker has given up is refused by
 * the broker, through the group's metadata.
 */
final class StageLoop<E> implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StageLoop.class);

    /** A closing worker notices after this long. */
    private static final Duration POLL_IDLE = Duration.ofMillis(200);

    /** How often a stage at work shows the group that it is alive and hears of partitions that move. */
    private static final Duration POLL_BUSY = Duration.ofMillis(50);

    /** The record in hand. */
    private record InHand(ConsumerRecord<byte[], byte[]> record, Future<StageTask.Done> done) {}

    private final StageTask.Tools<E> tools;
    private final Consumer<byte[], byte[]> consumer;
    private final OutputTransaction output;
    private final ExecutorService stageThread;
    private final Closing closing;

    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final Uncommitted uncommitted = new Uncommitted();
    private final PassedMarkers passedMarkers;
    private InHand inHand;
    private boolean inHandAbandoned;
    private boolean takenAway;
    private boolean resetDue;
    private int failedTransactions;

    StageLoop(
            StageTask.Tools<E> tools,
            Consumer<byte[], byte[]> consumer,
            OutputTransaction output,
            ExecutorService stageThread,
            Closing closing) {
        this.tools = tools;
        this.consumer = consumer;
        this.output = output;
        this.stageThread = stageThread;
        this.closing = closing;
        this.passedMarkers = new PassedMarkers(consumer);
    }

    void open() {
        openOutput();
        subscribe();
    }

    void turn() {
        boolean idle = inHand == null;
        if (!idle) {
            // Not in poll, which spins while records of paused partitions lie fetched.
            awaitEnd(inHand.done());
        }
        consumer.poll(idle ? POLL_IDLE : Duration.ZERO).forEach(waiting::add);
        if (takenAway) {
            rewind();
        }
        if (inHand != null && inHand.done().isDone()) {
            finish();
        }
        if (inHand == null && !waiting.isEmpty() && !closing.begun()) {
            begin(waiting.remove());
        }
        if (inHand == null && waiting.isEmpty() && uncommitted.isEmpty() && !closing.begun()) {
            passedMarkers.commit();
        }
        tools.listener().lag(tools.input().name(), lag());
    }

    /** Records of our partitions that are not done, as far as the consumer has heard of them. */
    private long lag() {
        long unread = 0;
        for (var partition : consumer.assignment()) {
            unread += consumer.currentLag(partition).orElse(0);
        }
        return unread + waiting.size() + (inHand == null ? 0 : 1);
    }

    boolean working() {
        return inHand != null;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        waiting.removeIf(record -> partitions.contains(Uncommitted.partition(record)));
        takenAway |= uncommitted.touches(partitions);
        uncommitted.forget(partitions);
        passedMarkers.forget(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (inHand != null) {
            consumer.pause(partitions);
        }
    }

    @Override
    public void close() {
        stageThread.shutdownNow();
        try {
            consumer.close();
        } finally {
            output.close();
        }
    }

    private void begin(ConsumerRecord<byte[], byte[]> record) {
        consumer.pause(consumer.assignment());
        uncommitted.take(record);
        tools.listener().received(record.topic());
        inHandAbandoned = false;
        inHand = new InHand(record, stageThread.submit(new StageTask<>(tools, record, resetDue)));
        resetDue = false;
    }

    private void finish() {
        var finished = inHand;
        inHand = null;
        var record = finished.record();
        try (var ids = LogIds.of(record.topic(), record.partition(), record.offset())) {
            var done = result(finished);
            if (inHandAbandoned) {
                tools.listener().dropped(record.topic(), "its partition moved");
            } else {
                settle(done);
            }
        }
        if (waiting.isEmpty()) {
            consumer.resume(consumer.assignment());
        }
    }

    private void settle(StageTask.Done done) {
        if (done instanceof StageTask.Held) {
            uncommitted.hold();
        } else if (done instanceof StageTask.Emitted emitted) {
            if (commit(emitted.records())) {
                emitted.records().stream().map(ProducerRecord::topic).forEach(topic -> tools.listener()
                        .emitted(topic, 1));
            }
        } else if (done instanceof StageTask.Refused refused) {
            LOG.warn("record of topic={} goes to the dead letters: {}", tools.input(), refused.reason());
            uncommitted.hold(refused.deadLetter());
            if (uncommitted.holding() || commit(List.of())) {
                tools.listener().deadLettered(tools.input().name(), refused.reason());
            }
        }
    }

    /** False when the transaction failed and everything uncommitted will come again. */
    private boolean commit(List<ProducerRecord<byte[], byte[]>> results) {
        var records = new ArrayList<>(uncommitted.deadLetters());
        records.addAll(results);
        try {
            output.commit(records, uncommitted.offsets(), consumer.groupMetadata());
            passedMarkers.committed(uncommitted.offsets());
            uncommitted.clear();
            failedTransactions = 0;
            return true;
        } catch (KafkaException fault) {
            rejoinUnlessHopeless(fault);
            return false;
        }
    }

    /** Whether the transaction took place may be unknown; the committed offsets of a fresh membership tell. */
    private void rejoinUnlessHopeless(KafkaException fault) {
        failedTransactions++;
        if (tools.router().ofTransaction(fault, failedTransactions) == Route.STOP) {
            throw fault;
        }
        LOG.warn("transaction of stage={} failed and is done again: {}", tools.stageName(), fault.toString());
        tools.listener().dropped(tools.input().name(), "its transaction failed");
        consumer.unsubscribe();
        giveBackAll();
        passedMarkers.forgetAll();
        closing.await(tools.backoff().waitAfter(failedTransactions));
        openOutput();
        subscribe();
    }

    private void subscribe() {
        consumer.subscribe(List.of(tools.input().name()), this);
    }

    private void openOutput() {
        for (int attempt = 1; !closing.begun(); attempt++) {
            try {
                output.open();
                return;
            } catch (KafkaException fault) {
                if (tools.router().ofTransaction(fault, attempt) == Route.STOP) {
                    throw fault;
                }
                LOG.warn("stage={} cannot open its producer yet: {}", tools.stageName(), fault.toString());
                closing.await(tools.backoff().waitAfter(attempt));
            }
        }
    }

    /** Some of what was taken is no longer ours, so the stage must forget all of it; what is still ours is read again. */
    private void rewind() {
        waiting.forEach(uncommitted::take);
        var ours = consumer.assignment();
        uncommitted.begin().forEach((partition, offset) -> {
            if (ours.contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
        inHandAbandoned = inHand != null;
        giveBackAll();
    }

    private void giveBackAll() {
        waiting.clear();
        uncommitted.clear();
        takenAway = false;
        resetDue = true;
    }

    /** Returns when the stage has ended, or after a while. */
    private static void awaitEnd(Future<StageTask.Done> done) {
        try {
            done.get(POLL_BUSY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Still at work, or ended with a fault, which is dealt with where its result is taken.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a stage", e);
        }
    }

    private static StageTask.Done result(InHand finished) {
        try {
            return finished.done().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("stage was interrupted", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while taking a finished result", e);
        }
    }
}
