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
    private static final String SCHEME = "artifact:";
    private static final int FAN_OUT_DIGITS = 2;

    private final Path directory;

    public DirectoryArtifactStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public ArtifactReference put(byte[] content) {
        String sha256 = Sha256.hex(content);
        var file = file(sha256);
        try {
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            } else {
                Files.createDirectories(file.getParent());
                var part = Files.createTempFile(file.getParent(), sha256, ".part");
                Files.write(part, content);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new TransientFaultException("cannot store artifact " + sha256 + " in " + directory + ": " + e, e);
        }
        return new ArtifactReference(SCHEME + sha256, content.length, sha256);
    }

    @Override
    public byte[] get(ArtifactReference reference) {
        if (!reference.uri().equals(SCHEME + reference.sha256())) {
            throw new InvalidEventException(
                    "artifact " + reference.uri() + " is not of this store; allowed: " + SCHEME + reference.sha256());
        }
        byte[] content = read(reference);
        String found = Sha256.hex(content);
        if (content.length != reference.bytes() || !found.equals(reference.sha256())) {
            throw new InvalidEventException("artifact " + reference.uri() + " in " + directory + " has "
                    + content.length + " bytes and SHA-256 " + found + ", expected " + reference.bytes()
                    + " bytes; remove the damaged file and have it written again");
        }
        return content;
    }

    @Override
    public Collected collect(Predicate<String> inUse, Instant storedBefore) {
        int artifacts = 0;
        long bytes = 0;
        for (var file : files()) {
            // A part that nobody finished has no hash for a name, and nobody refers to it.
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

    private byte[] read(ArtifactReference reference) {
        try {
            return Files.readAllBytes(file(reference.sha256()));
        } catch (NoSuchFileException e) {
            throw new InvalidEventException(
                    "artifact " + reference.uri() + " is not in " + directory
                            + "; all services must share one artifact store",
                    e);
        } catch (IOException e) {
            throw new TransientFaultException(
                    "cannot read artifact " + reference.uri() + " in " + directory + ": " + e, e);
        }
    }

    private Path file(String sha256) {
        return directory.resolve(sha256.substring(0, FAN_OUT_DIGITS)).resolve(sha256);
    }
}
