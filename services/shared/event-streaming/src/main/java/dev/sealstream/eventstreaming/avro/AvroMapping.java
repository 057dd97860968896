package dev.sealstream.eventstreaming.avro;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * One kind of event as an Avro record and back.
 *
 * @param <E> the event, a class of the domain
 * @param <R> its record, generated from {@code schemas/}
 */
public interface AvroMapping<E, R extends SpecificRecord> {
    Class<E> eventType();

    Class<R> recordType();

    /** The schema events are written with. */
    default Schema schema() {
        return new SpecificData(recordType().getClassLoader()).getSchema(recordType());
    }

    R toAvro(E event);

    /** @throws IllegalArgumentException when the record breaks a rule of the domain */
    E toDomain(R avro);
}
