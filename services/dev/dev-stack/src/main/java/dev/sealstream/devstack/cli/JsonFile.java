package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.process.StackException;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a long command leaves its figures for programs. */
public final class JsonFile {

    private JsonFile() {}

    /**
     * For the beginning of a command: after it would be a bad time to find out.
     *
     * @param json null if no file was asked for
     * @throws StackException if its directory does not exist
     */
    public static void requireWritable(Path json) {
        if (json != null && !Files.isDirectory(json.toAbsolutePath().getParent())) {
            throw new StackException("cannot write " + json + ": its directory does not exist");
        }
    }
}
