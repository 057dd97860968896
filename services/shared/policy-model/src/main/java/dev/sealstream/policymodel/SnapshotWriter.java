package dev.sealstream.policymodel;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.policymodel.VersionWeights.Start;
import dev.sealstream.policymodel.VersionWeights.Step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the weights of a lineage's head into the artifact store as a whole, once so many deltas came together that whoever
 * starts should not have to add them up.
 *
 * <p>Works beside the {@link ModelHost} of the same base: it takes the base's weights tensor by tensor, so that other work on it
 * goes on between.
 */
public final class SnapshotWriter {
    private final VersionWeights weights;
    private final Lineages lineages;
    private final ArtifactStore artifacts;
    private final SnapshotFiles files;
    private final int every;

    /**
     * @param every deltas since the newest snapshot on the way to a version, or since the base, from which on a further one is
     *     due; 0 for never
     */
    SnapshotWriter(VersionWeights weights, Lineages lineages, ArtifactStore artifacts, SnapshotFiles files, int every) {
        this.weights = weights;
        this.lineages = lineages;
        this.artifacts = artifacts;
        this.files = files;
        this.every = every;
    }

    /**
     * Writes a snapshot of a version where one is due: empty where the version is not the head, where there are too few deltas
     * since the last snapshot, and where all of them are kept beside the weights. What the store has is not written again.
     *
     * @throws dev.sealstream.eventstreaming.InvalidEventException if a delta is missing or damaged
     * @throws dev.sealstream.eventstreaming.TransientFaultException if log or store do not answer
     * @throws UncheckedIOException if there is no room on this machine
     */
    public Optional<SnapshotTaken> write(String lineage, long version) {
        var known = lineages.lineage(lineage);
        if (every == 0 || known.version() != version) {
            return Optional.empty();
        }
        var steps = Step.to(known, version);
        if (steps.size() - weights.covered(steps) < every) {
            return Optional.empty();
        }
        var start = weights.start(steps);
        var adapters = new AdapterLoader(artifacts);
        var merged = new ArrayList<Step>();
        var beside = new ArrayList<>(start.keptBeside());
        for (var step : start.since()) {
            if (adapters.isKeptBeside(step.delta())) {
                beside.add(step.version());
            } else {
                merged.add(step);
            }
        }
        if (merged.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SnapshotTaken(
                lineage, version, steps.get(steps.size() - 1).weightsHash(), written(start, merged), beside));
    }

    private Map<String, ArtifactReference> written(Start start, List<Step> merged) {
        var directory = files.unfinished();
        try {
            weights.save(start, merged, directory);
            return stored(directory);
        } finally {
            SnapshotFiles.remove(directory);
        }
    }

    private Map<String, ArtifactReference> stored(Path directory) {
        var stored = new TreeMap<String, ArtifactReference>();
        try (var written = Files.list(directory)) {
            written.forEach(file -> stored.put(file.getFileName().toString(), artifacts.put(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the snapshot in " + directory, e);
        }
        return stored;
    }
}
