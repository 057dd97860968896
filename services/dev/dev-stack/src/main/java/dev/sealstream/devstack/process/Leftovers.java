package dev.sealstream.devstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Children that outlived their launcher because it was killed before it could stop them. */
public final class Leftovers {

    private Leftovers() {}

    /**
     * Stops every process noted in the state directory that still runs, and forgets all notes.
     *
     * @param grace how long each may take to stop by itself before it is killed
     * @return names of the processes that had to be stopped
     */
    public static List<String> stop(Path stateDirectory, Duration grace) {
        List<String> stopped = new ArrayList<>();
        for (PidFile note : notes(stateDirectory)) {
            note.process().ifPresent(process -> {
                Shutdown.stop(process, grace);
                stopped.add(note.name());
            });
            PidFile.delete(stateDirectory, note.name());
        }
        return List.copyOf(stopped);
    }

    private static List<PidFile> notes(Path stateDirectory) {
        Path directory = PidFile.in(stateDirectory);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().flatMap(file -> PidFile.read(file).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
