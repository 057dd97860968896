package dev.sealstream.eventstreaming;

import dev.sealstream.eventstreaming.RegistryClient.Reference;
import org.apache.avro.Schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Schemas from the registry, each fetched once: what an id names never changes. */
final class RegistrySchemas implements SchemaSource {
    private final RegistryClient registry;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Map<String, Integer> idByArtifact = new ConcurrentHashMap<>();

    RegistrySchemas(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Optional<Integer> idOf(String artifactId, Schema schema) {
        var known = idByArtifact.get(artifactId);
        if (known != null) {
            return Optional.of(known);
        }
        for (long contentId : registry.contentIds(artifactId)) {
            int id = Math.toIntExact(contentId);
            if (byId(id).filter(schema::equals).isPresent()) {
                idByArtifact.put(artifactId, id);
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Schema> byId(int id) {
        var known = byId.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        var fetched = registry.content(id).map(text -> parse(text, registry.references(id)));
        fetched.ifPresent(schema -> byId.put(id, schema));
        return fetched;
    }

    /** Clients that register by themselves keep each named type in an artifact of its own. */
    private Schema parse(String text, List<Reference> references) {
        var parser = new Schema.Parser();
        addAll(parser, references);
        return parser.parse(text);
    }

    private void addAll(Schema.Parser parser, List<Reference> references) {
        for (var reference : references) {
            if (!parser.getTypes().containsKey(reference.name())) {
                addAll(parser, registry.references(reference));
                registry.content(reference).ifPresent(parser::parse);
            }
        }
    }
}
