package dev.sealstream.devstack.process;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Note of a started child: process id, start instant and marker.
 *
 * <p>Process ids are reused, so an id alone proves nothing. The noted process is ours only if it started when ours did
 * and its command line still carries the marker.
 */
record PidFile(String name, long pid, Instant started, String marker) {

    /** Linux derives the start instant from the clock, which may have been set right in between. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    static PidFile of(String name, ProcessHandle process, String marker) {
        return new PidFile(name, process.pid(), process.info().startInstant().orElse(Instant.now()), marker);
    }

    static Path in(Path stateDirectory) {
        return stateDirectory.resolve("pids");
    }

    void write(Path stateDirectory) {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("started", started.toString());
        properties.setProperty("marker", marker);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, name);
            Files.createDirectories(in(stateDirectory));
            Files.writeString(file(stateDirectory, name), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note process " + name + " in " + in(stateDirectory), e);
        }
    }

    /** Empty when the file is not one of ours or was cut short by a crash. */
    static Optional<PidFile> read(Path file) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            String name = file.getFileName().toString().replaceFirst("\\.pid$", "");
            return Optional.of(new PidFile(
                    name,
                    Long.parseLong(properties.getProperty("pid")),
                    Instant.parse(properties.getProperty("started")),
                    properties.getProperty("marker", "")));
        } catch (IOException | RuntimeException unusable) {
            return Optional.empty();
        }
    }

    static void delete(Path stateDirectory, String name) {
        try {
            Files.deleteIfExists(file(stateDirectory, name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file(stateDirectory, name), e);
        }
    }

    /** The noted process, if it still runs and is provably the one that was noted. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    }

    private boolean isOurs(ProcessHandle process) {
        boolean sameStart = process.info()
                .startInstant()
                .map(instant -> Duration.between(started, instant).abs().compareTo(CLOCK_SLACK) <= 0)
                .orElse(false);
        return sameStart && !marker.isEmpty() && CommandLine.of(process).contains(marker);
    }

    private static Path file(Path stateDirectory, String name) {
        return in(stateDirectory).resolve(name + ".pid");
    }
}
