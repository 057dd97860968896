package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a whole topic from its beginning, outside every consumer group: for whoever needs all of a log, as the
 * followers of {@code seal.checkpoints} do. Sees committed records only. Safe for use by several threads.
 */
public final class LogReader<E> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private final Topic<E> topic;
    private final EventCodec codec;
    private final RawLog log;
    private final EventVerifier verifier;
    private final List<ConsumerRecord<byte[], byte[]>> undecoded = new ArrayList<>();
    private SignatureChain chain = new SignatureChain();

    /** Believes whoever may write the topic. */
    public LogReader(KafkaSettings kafka, Topic<E> topic, EventCodec codec) {
        this(kafka, topic, codec, EventVerifier.NONE);
    }

    /** @param verifier whose signatures make an event count */
    public LogReader(KafkaSettings kafka, Topic<E> topic, EventCodec codec, EventVerifier verifier) {
        this(topic, codec, new RawLog(kafka, topic.name()), verifier);
    }

    LogReader(Topic<E> topic, EventCodec codec, RawLog log, EventVerifier verifier) {
        this.topic = topic;
        this.codec = codec;
        this.log = log;
        this.verifier = verifier;
    }

    /**
     * All events committed since the last call, up to the end of the log at this call, in the order of each partition.
     * Invalid records are skipped with a warning: the stage that works on the topic dead-letters them. Records that are not
     * signed as they should be, or do not follow the last that was, are skipped with an error: they are void for every reader.
     *
     * @throws TransientFaultException when broker or registry do not answer; the next call returns the same events
     * @throws AccessRefusedException when the broker refuses to answer this client
     */
    public synchronized List<E> readNew() {
        undecoded.addAll(log.readNew());
        var events = new ArrayList<E>();
        // A copy, since all are read again where one cannot be decoded yet.
        var following = chain.copy();
        for (var record : undecoded) {
            believed(record, following).ifPresent(events::add);
        }
        chain = following;
        undecoded.clear();
        return events;
    }

    private Optional<E> believed(ConsumerRecord<byte[], byte[]> record, SignatureChain following) {
        String objection = verifier.objection(record);
        if (!objection.isEmpty()) {
            refused(record, objection);
            return Optional.empty();
        }
        E event;
        try {
            event = codec.decode(topic, record.value());
        } catch (InvalidEventException e) {
            LOG.warn(
                    "skipped record at partition={} offset={}: {}",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return Optional.empty();
        }
        String gap = verifier.isOn() ? following.objection(topic, event, record) : "";
        if (!gap.isEmpty()) {
            refused(record, gap);
            return Optional.empty();
        }
        return Optional.of(event);
    }

    private void refused(ConsumerRecord<byte[], byte[]> record, String objection) {
        LOG.error(
                "refused record of topic={} at partition={} offset={}: {}; nobody goes by it",
                topic.name(),
                record.partition(),
                record.offset(),
                objection);
    }

    @Override
    public void close() {
        log.close();
    }
}
