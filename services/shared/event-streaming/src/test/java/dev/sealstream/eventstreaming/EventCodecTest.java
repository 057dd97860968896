package dev.sealstream.eventstreaming;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventCodecTest {
    private static final int HEADER_BYTES = 5;

    private final MemorySchemas schemas = new MemorySchemas();
    private final EventCodec codec = new EventCodec(schemas);

    @Test
    void bytesBeginWithZeroAndTheContentIdBigEndian() {
        schemas.register(Schema.create(Schema.Type.STRING));

        byte[] bytes = codec.encode(Topics.NEW_DATA, Events.datum("d"));

        assertThat(bytes).startsWith(0, 0, 0, 0, 2);
    }

    @Test
    void anyRecordOfAKnownSchemaIsDescribedAndNoOther() {
        byte[] sound = codec.encode(Topics.NEW_DATA, Events.datum("d"));

        assertThat(codec.describe(sound)).get().asString().contains("\"dataId\": \"d\"");
        assertThat(codec.describe(Arrays.copyOf(sound, sound.length - 1))).isEmpty();
        assertThat(codec.describe(withId(4711, new byte[3]))).isEmpty();
        assertThat(codec.describe("text".getBytes())).isEmpty();
    }

    @Test
    void missingValueIsInvalid() {
        assertInvalid(null, "no value");
    }

    @Test
    void textInsteadOfAvroIsInvalid() {
        assertInvalid("{\"dataId\": \"d\"}".getBytes(), "first byte of the record is 123; allowed: 0");
    }

    @Test
    void emptyValueIsInvalid() {
        assertInvalid(new byte[0], "record has 0 bytes; allowed: 5 or more");
    }

    @Test
    void unknownSchemaIdIsInvalid() {
        assertInvalid(withId(4711, new byte[3]), "schema id 4711 is unknown");
    }

    @Test
    void everyTruncationIsInvalid() {
        byte[] whole = codec.encode(Topics.NEW_DATA, Events.datum("d"));

        for (int length = 0; length < whole.length; length++) {
            assertInvalid(Arrays.copyOf(whole, length), "");
        }
    }

    @Test
    void trailingBytesAreInvalid() {
        byte[] whole = codec.encode(Topics.NEW_DATA, Events.datum("d"));

        assertInvalid(Arrays.copyOf(whole, whole.length + 1), "bytes follow after the end");
    }

    @Test
    void textThatClaimsGigabytesIsInvalidAndNotAllocated() {
        int id = idOfNewData();

        assertInvalid(withId(id, varint(2_000_000_000L)), "claims 2000000000 bytes in a record of");
    }

    @Test
    void listThatClaimsBillionsIsInvalidAndNotAllocated() throws IOException {
        var list = Schema.createRecord(
                "L",
                null,
                null,
                false,
                List.of(new Schema.Field("l", Schema.createArray(Schema.create(Schema.Type.INT)))));
        byte[] negativeBlock = concat(varint(-2_000_000_000L), varint(3), new byte[3]);

        assertInvalid(withId(schemas.register(list), negativeBlock), "claims 2000000000 elements");
    }

    @Test
    void randomBytesAreInvalidAndNothingElse() {
        var random = new Random(7);
        int id = schemas.register(AvroSchemas.of(Topics.OUTCOMES));

        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThatThrownBy(() -> codec.decode(Topics.OUTCOMES, withId(id, noise)))
                    .isInstanceOf(InvalidEventException.class);
        }
    }

    @Test
    void damagedRecordIsInvalidOrStillSound() {
        var random = new Random(11);
        byte[] sound = codec.encode(Topics.UPDATES, Events.adaptersTrained());

        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = sound.clone();
            damaged[HEADER_BYTES + random.nextInt(damaged.length - HEADER_BYTES)] = (byte) random.nextInt();
            try {
                assertThat(codec.decode(Topics.UPDATES, damaged)).isNotNull();
            } catch (InvalidEventException expected) {
                assertThat(expected).hasMessageContaining("is not a sound AdaptersTrained");
            }
        }
    }

    @Test
    void recordOfAnotherTopicIsInvalid() {
        byte[] approval = codec.encode(
                Topics.APPROVALS, Events.personDecisions().findFirst().orElseThrow());

        assertInvalid(approval, "is not a sound NewData");
    }

    @Test
    void recordThatBreaksARuleOfTheDomainIsInvalidWithTheRule() throws IOException {
        var schema = AvroSchemas.of(Topics.NEW_DATA);
        var record = new GenericRecordBuilder(schema)
                .set("dataId", "a@b")
                .set("mode", new GenericData.EnumSymbol(schema.getField("mode").schema(), "TRAIN"))
                .set("title", "t")
                .set("context", "c")
                .set("questions", List.of())
                .build();

        assertInvalid(withId(schemas.register(schema), avro(schema, record)), "dataId 'a@b' contains '@'");
    }

    @Test
    void fieldsThatAnOlderWriterDidNotKnowGetTheirDefaults() throws IOException {
        var today = AvroSchemas.of(Topics.NEW_DATA);
        var known = today.getFields().stream()
                .filter(field -> !field.hasDefaultValue())
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        var older = Schema.createRecord(today.getName(), null, today.getNamespace(), false, known);
        var question = new GenericRecordBuilder(
                        today.getField("questions").schema().getElementType())
                .set("question", "q")
                .set("answer", "a")
                .build();
        var record = new GenericRecordBuilder(older)
                .set("dataId", "d")
                .set("mode", new GenericData.EnumSymbol(today.getField("mode").schema(), "TRAIN"))
                .set("title", "t")
                .set("context", "c")
                .set("questions", List.of(question))
                .build();

        var datum = codec.decode(Topics.NEW_DATA, withId(schemas.register(older), avro(older, record)));

        assertThat(datum.lineage()).isEqualTo("main");
        assertThat(datum.source()).isEmpty();
    }

    @Test
    void registryThatDoesNotAnswerIsATransientFault() {
        byte[] sound = codec.encode(Topics.NEW_DATA, Events.datum("d"));
        try (var alone = new EventCodec("http://127.0.0.1:1")) {
            assertThatThrownBy(() -> alone.decode(Topics.NEW_DATA, sound))
                    .isInstanceOf(TransientFaultException.class)
                    .hasMessageContaining("http://127.0.0.1:1/apis/registry/v3/ids/contentIds/1");
        }
    }

    private int idOfNewData() {
        return schemas.register(AvroSchemas.of(Topics.NEW_DATA));
    }

    private void assertInvalid(byte[] bytes, String reason) {
        assertThatThrownBy(() -> codec.decode(Topics.NEW_DATA, bytes))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] withId(int id, byte[] body) {
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    private static byte[] varint(long value) {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            encoder.writeLong(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[]... parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.write(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] avro(Schema schema, Object record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<Object>(schema).write(record, encoder);
        return bytes.toByteArray();
    }
}
