package dev.sealstream.eventstreaming;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.Sha256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
            if (!Files.exists(file)) {
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
