package dev.sealstream.eventstreaming;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

import java.io.EOFException;
import java.io.IOException;

/**
 * Walks over encoded bytes without building anything. Avro's reader believes every length it reads and allocates it at
 * once, so a few damaged bytes could ask for gigabytes; here a length must fit into the bytes that are there.
 */
final class AvroShape {
    private final BinaryDecoder in;
    private final int length;

    private AvroShape(BinaryDecoder in, int length) {
        this.in = in;
        this.length = length;
    }

    /**
     * @throws IOException when the bytes end too early or go on after the record
     * @throws AvroRuntimeException when a length or a union's branch is impossible
     */
    static void check(Schema writer, byte[] bytes, int offset) throws IOException {
        int length = bytes.length - offset;
        var decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
        new AvroShape(decoder, length).walk(writer);
        if (!decoder.isEnd()) {
            throw new IOException("bytes follow after the end of the record");
        }
    }

    private void walk(Schema schema) throws IOException {
        switch (schema.getType()) {
            case RECORD -> {
                for (var field : schema.getFields()) {
                    walk(field.schema());
                }
            }
            case UNION -> walk(branch(schema, in.readIndex()));
            case ARRAY -> walkItems(in.readArrayStart(), in::arrayNext, () -> walk(schema.getElementType()));
            case MAP ->
                walkItems(in.readMapStart(), in::mapNext, () -> {
                    walkBytes();
                    walk(schema.getValueType());
                });
            case STRING, BYTES -> walkBytes();
            case ENUM -> branch(schema.getEnumSymbols().size(), in.readEnum(), schema);
            default -> GenericDatumReader.skip(schema, in);
        }
    }

    private void walkItems(long first, Next next, Walk item) throws IOException {
        for (long count = first; count > 0; count = next.block()) {
            if (count > length) {
                throw new AvroRuntimeException(
                        "a list claims " + count + " elements in a record of " + length + " bytes");
            }
            for (long i = 0; i < count; i++) {
                item.walk();
            }
        }
    }

    private void walkBytes() throws IOException {
        long claimed = in.readLong();
        if (claimed < 0 || claimed > length) {
            throw new AvroRuntimeException("a text claims " + claimed + " bytes in a record of " + length + " bytes");
        }
        int before = in.inputStream().available();
        if (before < claimed) {
            throw new EOFException("the record ends inside a text of " + claimed + " bytes");
        }
        in.skipFixed((int) claimed);
    }

    private static Schema branch(Schema union, int index) {
        branch(union.getTypes().size(), index, union);
        return union.getTypes().get(index);
    }

    private static void branch(int count, int index, Schema schema) {
        if (index < 0 || index >= count) {
            throw new AvroRuntimeException(
                    "choice " + index + " of " + schema.getType().getName() + "; allowed: 0 to " + (count - 1));
        }
    }

    private interface Next {
        long block() throws IOException;
    }

    private interface Walk {
        void walk() throws IOException;
    }
}
