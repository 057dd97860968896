package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A record among the dead letters that is none: it says that one of them was sent back. Kept with the letters, so it lasts as long
 * as they do, and written in one transaction with what is sent back.
 */
final class ReplayMark {
    /** Its value is the offset of the letter. */
    static final String REPLAYED = "replayed";

    static final String BY = "replayed-by";

    private ReplayMark() {}

    /** Whatever came with a letter, a letter has an origin as well. */
    static boolean is(ConsumerRecord<byte[], byte[]> record) {
        var headers = record.headers();
        return headers.lastHeader(REPLAYED) != null && headers.lastHeader(DeadLetter.ORIGIN) == null;
    }

    static ProducerRecord<byte[], byte[]> of(KeptDeadLetter letter, String by) {
        var headers = new RecordHeaders();
        headers.add(REPLAYED, Long.toString(letter.offset()).getBytes(StandardCharsets.UTF_8));
        headers.add(BY, by.getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(letter.topic().deadLetters(), 0, null, null, null, headers);
    }

    /** Which letter was sent back; empty for a mark that somebody else wrote and that means nothing. */
    static OptionalLong letter(ConsumerRecord<byte[], byte[]> mark) {
        String offset = DeadLetter.get(mark.headers(), REPLAYED);
        return offset.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(offset)) : OptionalLong.empty();
    }

    static String by(ConsumerRecord<byte[], byte[]> mark) {
        return DeadLetter.get(mark.headers(), BY);
    }
}
