package dev.sealstream.devstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * One launcher per state directory. The operating system drops the lock when its holder ends, however it ends, so a
 * killed launcher never locks the next one out.
 */
public final class StateLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final Path stateDirectory;
    private final FileChannel channel;

    private StateLock(Path stateDirectory, FileChannel channel) {
        this.stateDirectory = stateDirectory;
        this.channel = channel;
    }

    /** Takes the lock or says who seems to hold it. */
    public static StateLock acquire(Path stateDirectory) {
        try {
            Files.createDirectories(stateDirectory);
            FileChannel channel =
                    FileChannel.open(stateDirectory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StackException("another stack runs with its state in " + stateDirectory
                        + "; stop that one first (Ctrl-C in its terminal)");
            }
            return new StateLock(stateDirectory, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + stateDirectory, e);
        }
    }

    /** Deletes everything in the state directory but the lock itself. */
    public void clearDirectory() {
        try (Stream<Path> paths = Files.walk(stateDirectory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(stateDirectory) && !path.equals(stateDirectory.resolve(FILE))) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + stateDirectory, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of the state directory", e);
        }
    }
}
