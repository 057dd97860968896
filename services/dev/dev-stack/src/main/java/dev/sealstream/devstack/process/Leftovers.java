package dev.sealstream.devstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Children that outlived their launcher because it was killed before it could stop them. */
public final class Leftovers {

    private Leftovers() {}

    /**
     * Stops every process noted in the state directory that still runs, and forgets all notes.
     *
     * @param grace how long they may take to stop by themselves before they are killed
     * @param last what the others stand on, by name: stopped one after the other once those are gone. A service whose broker
     *     goes first leaves its transaction open, and then nobody after it can go on from its offsets.
     * @return names of the processes that had to be stopped
     */
    public static List<String> stop(Path stateDirectory, Duration grace, List<String> last) {
        Map<String, ProcessHandle> running = new LinkedHashMap<>();
        List<PidFile> notes = notes(stateDirectory);
        notes.forEach(note -> note.process().ifPresent(process -> running.put(note.name(), process)));
        List<String> names = List.copyOf(running.keySet());
        Shutdown.stopAll(
                names.stream()
                        .filter(name -> !last.contains(name))
                        .map(running::get)
                        .toList(),
                grace);
        last.stream().filter(names::contains).forEach(name -> Shutdown.stop(running.get(name), grace));
        notes.forEach(note -> PidFile.delete(stateDirectory, note.name()));
        return names;
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
