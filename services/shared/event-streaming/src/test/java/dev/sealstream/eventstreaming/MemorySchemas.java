package dev.sealstream.eventstreaming;

import org.apache.avro.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A registry in memory: ids from 1, everything asked for is registered. */
final class MemorySchemas implements SchemaSource {
    private final List<Schema> schemas = new ArrayList<>();
    private int failuresLeft;

    @Override
    public Optional<Integer> idOf(String artifactId, Schema schema) {
        failIfAsked();
        return Optional.of(register(schema));
    }

    @Override
    public Optional<Schema> byId(int id) {
        failIfAsked();
        return id >= 1 && id <= schemas.size() ? Optional.of(schemas.get(id - 1)) : Optional.empty();
    }

    int register(Schema schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    /** The next so many requests find the registry down. */
    void failNext(int requests) {
        failuresLeft = requests;
    }

    private void failIfAsked() {
        if (failuresLeft > 0) {
            failuresLeft--;
            throw new TransientFaultException("registry is down, as the test demands");
        }
    }
}
