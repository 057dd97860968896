package dev.sealstream.eventstreaming;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that can never be worked on: its key, value and headers exactly as they came, and further headers that say
 * why. Written to {@link Topic#deadLetters()}.
 *
 * @param origin where the record was: topic, partition and offset
 * @param reason the message of the {@link InvalidEventException}
 * @param stage who refused it
 * @param stack stack trace of the refusal, cut where it gets long
 * @param attempt on which attempt it was refused, from 1
 */
public record DeadLetter(
        byte[] key, byte[] value, String origin, String reason, String stage, String stack, int attempt) {

    public static final String ORIGIN = "origin";
    public static final String REASON = "reason";
    public static final String STAGE = "stage";
    public static final String STACK = "stack";
    public static final String ATTEMPT = "attempt";

    /** Enough for the frames that matter; the rest of the header room stays for the reason. */
    private static final int STACK_CHARACTERS_MAX = 8_000;

    private static final int REASON_CHARACTERS_MAX = 4_000;

    /** The dead letter of a consumed record. */
    static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, String stage, Throwable fault, int attempt) {
        var headers = new RecordHeaders(record.headers().toArray());
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        explain(headers, origin, stage, fault, attempt);
        return new ProducerRecord<>(Topic.deadLetters(record.topic()), null, record.key(), record.value(), headers);
    }

    /** Adds the headers that say why; for stages that forward records by themselves, such as Kafka Streams. */
    public static void explain(Headers headers, String origin, String stage, Throwable fault, int attempt) {
        var stack = new StringWriter();
        fault.printStackTrace(new PrintWriter(stack, true));
        put(headers, ORIGIN, origin);
        put(headers, REASON, shortened(String.valueOf(fault.getMessage()), REASON_CHARACTERS_MAX));
        put(headers, STAGE, stage);
        put(headers, STACK, shortened(stack.toString(), STACK_CHARACTERS_MAX));
        put(headers, ATTEMPT, Integer.toString(attempt));
    }

    /** Reads a record of a dead-letter topic; a header that is missing reads as empty, the attempt as 0. */
    public static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        var headers = record.headers();
        String attempt = get(headers, ATTEMPT);
        return new DeadLetter(
                record.key(),
                record.value(),
                get(headers, ORIGIN),
                get(headers, REASON),
                get(headers, STAGE),
                get(headers, STACK),
                attempt.matches("\\d{1,9}") ? Integer.parseInt(attempt) : 0);
    }

    /** The headers that came with the record: all but the last of each name of ours. */
    static List<Header> came(Headers headers) {
        var came = new ArrayList<>(List.of(headers.toArray()));
        for (String name : List.of(ORIGIN, REASON, STAGE, STACK, ATTEMPT)) {
            came.remove(headers.lastHeader(name));
        }
        return came;
    }

    /** Added last, so it wins over a header of the same name that came with the record and stays. */
    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    static String get(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String shortened(String text, int charactersMax) {
        return text.length() <= charactersMax ? text : text.substring(0, charactersMax) + "…";
    }
}
