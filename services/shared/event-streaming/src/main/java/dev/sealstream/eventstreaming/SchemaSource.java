package dev.sealstream.eventstreaming;

import org.apache.avro.Schema;

import java.util.Optional;

/** Knows schemas by id. */
interface SchemaSource {
    /** The id under which the registry holds exactly this schema of this artifact; empty when it does not. */
    Optional<Integer> idOf(String artifactId, Schema schema);

    /**
     * The schema with an id; empty when there is none.
     *
     * @throws org.apache.avro.AvroRuntimeException when there is something else than an Avro schema under this id
     */
    Optional<Schema> byId(int id);
}
