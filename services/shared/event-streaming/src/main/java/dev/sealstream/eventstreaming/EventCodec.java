package dev.sealstream.eventstreaming;

import dev.sealstream.eventstreaming.avro.AvroMapping;
import dev.sealstream.eventstreaming.avro.AvroMappings;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Events as bytes and back, in the wire format of Apicurio 3's serdes: a zero byte, the schema's content id as four bytes
 * (big-endian), the event in Avro's binary encoding. Clients with Apicurio's default settings read and write the same.
 *
 * <p>The format is written by hand rather than through the serdes, so that every kind of malformed record is told apart
 * from a registry that does not answer, and so that no class loader but the record's own matters.
 *
 * <p>Safe for use by several threads.
 */
public final class EventCodec implements AutoCloseable {
    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    private final SchemaSource schemas;

    /** @param registryUrl address of a registry that asks nobody who he is, with or without {@code /apis/registry/v3} */
    public EventCodec(String registryUrl) {
        this(RegistryAccess.anonymous(registryUrl));
    }

    public EventCodec(RegistryAccess registry) {
        this(new RegistrySchemas(new RegistryClient(registry)));
    }

    EventCodec(SchemaSource schemas) {
        this.schemas = schemas;
    }

    /**
     * A codec that knows this build's schemas and no registry. What it writes, only another such codec reads: for
     * checking topologies without a broker.
     */
    public static EventCodec withoutRegistry() {
        return new EventCodec(new CatalogueSchemas());
    }

    /**
     * @throws TransientFaultException when the registry does not answer
     * @throws IllegalStateException when the topic's schema is not registered
     */
    public <E> byte[] encode(Topic<E> topic, E event) {
        return encode(topic, AvroMappings.of(topic.eventType()), event);
    }

    /**
     * @throws InvalidEventException when the bytes are not a sound event of this topic, with the reason
     * @throws TransientFaultException when the registry does not answer
     */
    public <E> E decode(Topic<E> topic, byte[] bytes) {
        return decode(topic, AvroMappings.of(topic.eventType()), bytes);
    }

    /**
     * What a record holds by the schema it was written with, as JSON, whether or not it keeps our rules: for people. Empty if it is
     * not Avro by a schema the registry knows.
     *
     * @throws TransientFaultException when the registry does not answer
     */
    public Optional<String> describe(byte[] bytes) {
        try {
            var writer = schema(schemaId(bytes));
            AvroShape.check(writer, bytes, HEADER_BYTES);
            var decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
            return Optional.of(String.valueOf(new GenericDatumReader<>(writer).read(null, decoder)));
        } catch (TransientFaultException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {}

    private <E, R extends SpecificRecord> byte[] encode(Topic<E> topic, AvroMapping<E, R> mapping, E event) {
        int id = schemas.idOf(topic.artifactId(), mapping.schema())
                .orElseThrow(() -> new IllegalStateException("the schema of topic " + topic.name()
                        + " is not registered as " + topic.artifactId()
                        + " in this version; register the schemas before services start"));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<R>(mapping.schema(), data(mapping)).write(mapping.toAvro(event), encoder);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to take an event of topic " + topic.name(), e);
        }
        return bytes.toByteArray();
    }

    private <E, R extends SpecificRecord> E decode(Topic<E> topic, AvroMapping<E, R> mapping, byte[] bytes) {
        if (bytes == null) {
            throw new InvalidEventException("record has no value; topic " + topic.name() + " has no deletions");
        }
        int id = schemaId(bytes);
        var writer = schema(id);
        try {
            AvroShape.check(writer, bytes, HEADER_BYTES);
            var decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
            var reader = new SpecificDatumReader<R>(writer, mapping.schema(), data(mapping));
            return mapping.toDomain(reader.read(null, decoder));
        } catch (IOException | RuntimeException e) {
            // Avro meets damaged bytes with any of half a dozen runtime exceptions; here all mean the same.
            throw new InvalidEventException(
                    "record of topic " + topic.name() + " with schema id " + id + " is not a sound "
                            + mapping.schema().getName() + ": " + reason(e),
                    e);
        }
    }

    private static int schemaId(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new InvalidEventException("record has " + bytes.length + " bytes; allowed: " + HEADER_BYTES
                    + " or more, a zero byte and the four bytes of a schema id before the event");
        }
        if (bytes[0] != MAGIC) {
            throw new InvalidEventException("first byte of the record is " + bytes[0]
                    + "; allowed: 0, then the four bytes of a schema id, as Apicurio's Avro serde writes them");
        }
        return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }

    private Schema schema(int id) {
        try {
            return schemas.byId(id)
                    .orElseThrow(() -> new InvalidEventException("schema id " + id
                            + " is unknown to the registry; the record was written against another one"));
        } catch (AvroRuntimeException e) {
            throw new InvalidEventException("schema id " + id + " does not name an Avro schema: " + reason(e), e);
        }
    }

    private static SpecificData data(AvroMapping<?, ?> mapping) {
        return new SpecificData(mapping.recordType().getClassLoader());
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
