package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a whole topic from its beginning, outside every consumer group: for whoever needs all of a log, as the
 * followers of {@code seal.checkpoints} do. Sees committed records only. Safe for use by several threads.
 */
public final class LogReader<E> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private final Topic<E> topic;
    private final EventCodec codec;
    private final RawLog log;
    private final List<ConsumerRecord<byte[], byte[]>> undecoded = new ArrayList<>();

    public LogReader(KafkaSettings kafka, Topic<E> topic, EventCodec codec) {
        this(topic, codec, new RawLog(ClientSettings.logConsumer(kafka), topic.name()));
    }

    LogReader(Topic<E> topic, EventCodec codec, RawLog log) {
        this.topic = topic;
        this.codec = codec;
        this.log = log;
    }

    /**
     * All events committed since the last call, up to the end of the log at this call, in the order of each partition.
     * Invalid records are skipped with a warning: the stage that works on the topic dead-letters them.
     *
     * @throws TransientFaultException when broker or registry do not answer; the next call returns the same events
     */
    public synchronized List<E> readNew() {
        undecoded.addAll(log.readNew());
        var events = new ArrayList<E>();
        for (var record : undecoded) {
            try {
                events.add(codec.decode(topic, record.value()));
            } catch (InvalidEventException e) {
                LOG.warn(
                        "skipped record at partition={} offset={}: {}",
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
        }
        undecoded.clear();
        return events;
    }

    @Override
    public void close() {
        log.close();
    }
}
