package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The dead letters of a topic in the hands of a person: to look at, and to send back once their cause is gone. Not thread-safe. */
public final class DeadLetterBox implements AutoCloseable {
    /** One for all, so that the broker lets only one person send letters back at a time. */
    private static final String TRANSACTIONAL_ID = "dead-letters-replay";

    private final KafkaSettings kafka;
    private final Topic<?> topic;
    private final BrokerAccess access;
    private final RawLog log;
    private final TreeMap<Long, KeptDeadLetter> letters = new TreeMap<>();
    private Producer<byte[], byte[]> producer;

    public DeadLetterBox(KafkaSettings kafka, Topic<?> topic) {
        this.kafka = kafka;
        this.topic = topic;
        this.access = new BrokerAccess(kafka, "the replay of dead letters of " + topic, any -> BrokerAccess.WRITE)
                .withTransactionalId(TRANSACTIONAL_ID);
        this.log = new RawLog(kafka, topic.deadLetters());
    }

    /**
     * All that are kept by now, the oldest first.
     *
     * @throws TransientFaultException when the broker does not answer
     * @throws AccessRefusedException when it refuses to answer this client
     */
    public List<KeptDeadLetter> letters() {
        log.readNew().forEach(this::take);
        return List.copyOf(letters.values());
    }

    /**
     * Makes this the only box that sends letters back, and an earlier one's {@link #replay} fail. Call it before the {@link #letters}
     * that the choice rests on: what another box sent back shows in them.
     *
     * @throws TransientFaultException when the broker does not answer
     * @throws AccessRefusedException when it refuses the transaction
     */
    public void claim() {
        try {
            producer = ClientSettings.transactionalProducer(kafka, TRANSACTIONAL_ID);
            producer.initTransactions();
        } catch (KafkaException e) {
            throw explained("cannot open a transaction to replay dead letters of " + topic + ": " + e, e);
        }
    }

    /**
     * Writes the record to the topic it came from, with its key, value and headers as it came, and that it was sent back: both or
     * neither.
     *
     * @param by who sends it back
     * @throws TransientFaultException when it was not written, or another box claimed the letters meanwhile
     * @throws AccessRefusedException when the broker refuses the write
     * @throws IllegalStateException without a {@link #claim}
     */
    public void replay(KeptDeadLetter letter, String by) {
        if (producer == null) {
            throw new IllegalStateException(
                    "the dead letters of " + topic + " are not claimed; claim them before a replay");
        }
        try {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                    topic.name(), null, letter.letter().key(), letter.letter().value(), letter.came()));
            producer.send(ReplayMark.of(letter, by));
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw explained("dead letter " + letter.offset() + " of " + topic + " may not have been replayed: " + e, e);
        }
    }

    @Override
    public void close() {
        log.close();
        if (producer != null) {
            producer.close();
        }
    }

    private RuntimeException explained(String message, KafkaException fault) {
        return access.explainOr(fault, () -> new TransientFaultException(message, fault));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var at = Instant.ofEpochMilli(record.timestamp());
        if (ReplayMark.is(record)) {
            ReplayMark.letter(record)
                    .ifPresent(offset -> letters.computeIfPresent(
                            offset,
                            (place, letter) -> letter.replayed(new KeptDeadLetter.Replay(at, ReplayMark.by(record)))));
            return;
        }
        letters.put(
                record.offset(),
                new KeptDeadLetter(
                        topic, record.offset(), at, DeadLetter.read(record), DeadLetter.came(record.headers()), null));
    }
}
