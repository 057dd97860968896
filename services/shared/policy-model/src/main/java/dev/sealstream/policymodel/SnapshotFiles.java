package dev.sealstream.policymodel;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.HashedCopy;
import dev.sealstream.eventstreaming.InvalidEventException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Snapshots in a directory of this machine, fetched from the artifact store once. A file counts only after its hash was found to
 * be the one its event names; each process looks at it once. Several processes may share the directory.
 *
 * <p>A snapshot that is missing in the store or damaged there, or that this machine cannot hold, is passed over for as long as the
 * process lives: the same weights follow from an older one, or from the base.
 */
public final class SnapshotFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);

    /** As many as the artifact store keeps: the newest, and one to go back to. */
    private static final int KEPT_MAX = 2;

    /** What a process that died was writing; longer than any snapshot takes to be written. */
    private static final Duration UNFINISHED_MAX = Duration.ofDays(1);

    private static final String UNFINISHED = "unfinished-";

    private final ArtifactStore artifacts;
    private final Path directory;
    private final Set<String> verified = new HashSet<>();
    private final Set<String> unusable = new HashSet<>();

    /** @param directory made when it is needed; holds nothing else */
    public SnapshotFiles(ArtifactStore artifacts, Path directory) {
        this.artifacts = artifacts;
        this.directory = directory;
    }

    /**
     * The snapshot's directory; empty, with one line in the log that names the artifact or the file, where it cannot be had.
     *
     * @throws dev.sealstream.eventstreaming.TransientFaultException if the store does not answer
     */
    synchronized Optional<Path> directory(SnapshotTaken snapshot) {
        if (unusable.contains(snapshot.weightsHash())) {
            return Optional.empty();
        }
        try {
            return Optional.of(fetched(snapshot));
        } catch (InvalidEventException | IOException unusableHere) {
            unusable.add(snapshot.weightsHash());
            LOG.error(
                    "snapshot of version={} of lineage={} is not used, an older one or the base and all deltas since are added up"
                            + " instead: {}",
                    snapshot.version(),
                    snapshot.lineage(),
                    unusableHere.toString());
            return Optional.empty();
        }
    }

    /** A new directory for a snapshot that is being written; whoever asked for it removes it. */
    Path unfinished() {
        try {
            return Files.createDirectories(directory.resolve(UNFINISHED + UUID.randomUUID()));
        } catch (IOException e) {
            throw new UncheckedIOException("making room for a snapshot in " + directory, e);
        }
    }

    static void remove(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be removed; remove it by hand if it is still there: {}", directory, e.toString());
        }
    }

    private Path fetched(SnapshotTaken snapshot) throws IOException {
        var own = Files.createDirectories(directory.resolve(snapshot.weightsHash()));
        for (var file : snapshot.files().entrySet()) {
            var target = own.resolve(file.getKey());
            boolean known = verified.contains(snapshot.weightsHash()) && Files.exists(target);
            if (!known && !holds(target, file.getValue())) {
                artifacts.fetch(file.getValue(), target);
            }
        }
        verified.add(snapshot.weightsHash());
        Files.setLastModifiedTime(own, FileTime.from(Instant.now()));
        removeOld();
        return own;
    }

    private static boolean holds(Path file, ArtifactReference expected) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        var found = HashedCopy.of(file);
        boolean same = found.bytes() == expected.bytes() && found.sha256().equals(expected.sha256());
        if (!same) {
            LOG.warn(
                    "{} is damaged: its SHA-256 is {}, expected {}; it is fetched again",
                    file,
                    found.sha256(),
                    expected.sha256());
        }
        return same;
    }

    private void removeOld() throws IOException {
        try (var all = Files.list(directory)) {
            var newestFirst = all.sorted(
                            Comparator.comparing(SnapshotFiles::lastUsed).reversed())
                    .toList();
            newestFirst.stream()
                    .filter(one -> !isUnfinished(one))
                    .skip(KEPT_MAX)
                    .forEach(SnapshotFiles::remove);
            newestFirst.stream()
                    .filter(one -> isUnfinished(one)
                            && lastUsed(one).toInstant().isBefore(Instant.now().minus(UNFINISHED_MAX)))
                    .forEach(SnapshotFiles::remove);
        }
    }

    private static boolean isUnfinished(Path directory) {
        return directory.getFileName().toString().startsWith(UNFINISHED);
    }

    private static FileTime lastUsed(Path directory) {
        try {
            return Files.getLastModifiedTime(directory);
        } catch (IOException removedByAnother) {
            return FileTime.fromMillis(0);
        }
    }
}
