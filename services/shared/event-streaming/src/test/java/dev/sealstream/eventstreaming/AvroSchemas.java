package dev.sealstream.eventstreaming;

import dev.sealstream.eventstreaming.avro.AvroMappings;
import org.apache.avro.Schema;

/** The schemas of the catalogue's topics. */
final class AvroSchemas {
    private AvroSchemas() {}

    static Schema of(Topic<?> topic) {
        return AvroMappings.of(topic.eventType()).schema();
    }
}
