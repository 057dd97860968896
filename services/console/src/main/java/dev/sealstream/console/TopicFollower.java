package dev.sealstream.console;

import dev.sealstream.eventstreaming.LogReader;
import dev.sealstream.eventstreaming.Topic;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reads a topic from its beginning into a sink, and goes on reading. A fault makes it start over a little later. */
final class TopicFollower<E> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFollower.class);

    private final Topic<E> topic;
    private final Supplier<LogReader<E>> readers;
    private final Sink<E> sink;
    private final ScheduledExecutorService thread;
    private LogReader<E> reader;
    private volatile boolean caughtUp;

    TopicFollower(Topic<E> topic, Supplier<LogReader<E>> readers, Sink<E> sink) {
        this.topic = topic;
        this.readers = readers;
        this.sink = sink;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "follow-" + topic.name()));
    }

    void start(Duration interval) {
        thread.scheduleWithFixedDelay(this::readNews, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the sink has all there was when it was last asked for. */
    boolean caughtUp() {
        return caughtUp;
    }

    Topic<E> topic() {
        return topic;
    }

    private void readNews() {
        try {
            if (reader == null) {
                reader = readers.get();
                sink.clear();
            }
            sink.add(reader.readNew());
            caughtUp = true;
        } catch (RuntimeException fault) {
            caughtUp = false;
            LOG.warnf("topic=%s cannot be followed, trying again: %s", topic.name(), fault);
            closeReader();
        }
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    @Override
    public void close() {
        thread.execute(this::closeReader);
        thread.shutdown();
    }
}
