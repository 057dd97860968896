package dev.sealstream.eventstreaming;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.Sha256;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Artifacts as files of a directory, named by their hash: {@code ab/abcd…}. Several processes may share it: a file
 * appears whole or not at all, and equal names mean equal bytes.
 *
 * <p>References are relative ({@code artifact:<sha256>}), so the directory may move.
 */
public final class DirectoryArtifactStore implements ArtifactStore {
    private static final int FAN_OUT_DIGITS = 2;

    /** Of a file that is being written; one that nobody finished has no hash for a name, and is collected like any other. */
    private static final String PART = ".part";

    private final Path directory;

    public DirectoryArtifactStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public ArtifactReference put(byte[] content) {
        String sha256 = Sha256.hex(content);
        try {
            if (!touched(sha256)) {
                var part = part();
                Files.write(part, content);
                moveIntoPlace(part, sha256);
            }
        } catch (IOException e) {
            throw new TransientFaultException("cannot store artifact " + sha256 + " in " + directory + ": " + e, e);
        }
        return ArtifactUris.reference(sha256, content.length);
    }

    @Override
    public ArtifactReference put(Path file) {
        try {
            var part = part();
            try (var out = Files.newOutputStream(part)) {
                var copy = HashedCopy.of(Files.newInputStream(file), out);
                if (!touched(copy.sha256())) {
                    moveIntoPlace(part, copy.sha256());
                }
                return ArtifactUris.reference(copy.sha256(), copy.bytes());
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new TransientFaultException("cannot store file " + file + " in " + directory + ": " + e, e);
        }
    }

    @Override
    public byte[] get(ArtifactReference reference) {
        var file = file(ArtifactUris.sha256(reference));
        try {
            byte[] content = Files.readAllBytes(file);
            check(reference, new HashedCopy(content.length, Sha256.hex(content)));
            return content;
        } catch (IOException e) {
            throw unreadable(reference, e);
        }
    }

    @Override
    public void fetch(ArtifactReference reference, Path target) {
        var file = file(ArtifactUris.sha256(reference));
        try {
            var part = Files.createTempFile(target.toAbsolutePath().getParent(), "fetched", PART);
            try (var out = Files.newOutputStream(part)) {
                check(reference, HashedCopy.of(Files.newInputStream(file), out));
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unreadable(reference, e);
        }
    }

    @Override
    public Collected collect(Predicate<String> inUse, Instant storedBefore) {
        int artifacts = 0;
        long bytes = 0;
        for (var file : files()) {
            if (inUse.test(file.getFileName().toString())) {
                continue;
            }
            try {
                long size = Files.size(file);
                if (Files.getLastModifiedTime(file).toInstant().isBefore(storedBefore) && Files.deleteIfExists(file)) {
                    artifacts++;
                    bytes += size;
                }
            } catch (NoSuchFileException collectedByAnother) {
                continue;
            } catch (IOException e) {
                throw new TransientFaultException("cannot remove artifact " + file + ": " + e, e);
            }
        }
        return new Collected(artifacts, bytes);
    }

    private List<Path> files() {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new TransientFaultException("cannot list the artifacts in " + directory + ": " + e, e);
        }
    }

    /** Whether the artifact is there; if so, it counts as stored now. */
    private boolean touched(String sha256) throws IOException {
        var file = file(sha256);
        if (!Files.exists(file)) {
            return false;
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return true;
    }

    private Path part() throws IOException {
        Files.createDirectories(directory);
        return Files.createTempFile(directory, "stored", PART);
    }

    private void moveIntoPlace(Path part, String sha256) throws IOException {
        var file = file(sha256);
        Files.createDirectories(file.getParent());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void check(ArtifactReference reference, HashedCopy found) {
        if (found.bytes() != reference.bytes() || !found.sha256().equals(reference.sha256())) {
            throw new InvalidEventException("artifact " + reference.uri() + " in " + directory + " has "
                    + found.bytes() + " bytes and SHA-256 " + found.sha256() + ", expected " + reference.bytes()
                    + " bytes; remove the damaged file and have it written again");
        }
    }

    private RuntimeException unreadable(ArtifactReference reference, IOException fault) {
        if (fault instanceof NoSuchFileException && !Files.exists(file(reference.sha256()))) {
            return new InvalidEventException(
                    "artifact " + reference.uri() + " is not in " + directory
                            + "; all services must share one artifact store",
                    fault);
        }
        return new TransientFaultException(
                "cannot read artifact " + reference.uri() + " in " + directory + ": " + fault, fault);
    }

    private Path file(String sha256) {
        return directory.resolve(sha256.substring(0, FAN_OUT_DIGITS)).resolve(sha256);
    }
}
