package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.SnapshotTaken;

import java.util.TreeMap;

/** {@code seal.snapshots}. */
final class SnapshotTakenMapping implements AvroMapping<SnapshotTaken, dev.sealstream.events.SnapshotTaken> {

    @Override
    public Class<SnapshotTaken> eventType() {
        return SnapshotTaken.class;
    }

    @Override
    public Class<dev.sealstream.events.SnapshotTaken> recordType() {
        return dev.sealstream.events.SnapshotTaken.class;
    }

    @Override
    public dev.sealstream.events.SnapshotTaken toAvro(SnapshotTaken snapshot) {
        var files = new TreeMap<String, dev.sealstream.events.ArtifactReference>();
        snapshot.files().forEach((name, file) -> files.put(name, AdapterFields.avro(file)));
        return dev.sealstream.events.SnapshotTaken.newBuilder()
                .setLineage(snapshot.lineage())
                .setVersion(snapshot.version())
                .setWeightsHash(snapshot.weightsHash())
                .setFiles(files)
                .setBeside(snapshot.beside())
                .build();
    }

    @Override
    public SnapshotTaken toDomain(dev.sealstream.events.SnapshotTaken avro) {
        var files = new TreeMap<String, ArtifactReference>();
        avro.getFiles().forEach((name, file) -> files.put(name, AdapterFields.domain(file)));
        return new SnapshotTaken(avro.getLineage(), avro.getVersion(), avro.getWeightsHash(), files, avro.getBeside());
    }
}
