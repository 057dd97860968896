package dev.sealstream.experiments.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sealstream.devstack.process.StackException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run's folder: the stack's state (and with it all that was done), the configuration, and at last the report.
 *
 * <p>A run is finished when its {@code report.json} is there, which is written last.
 */
public final class RunFolder {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final String CONFIGURATION = "configuration.json";
    private static final String REPORT = "report.json";
    private static final String PAGE = "report.html";

    private final Path directory;

    private RunFolder(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /**
     * The folder of the run with this configuration: the newest there is, or a new one.
     *
     * @param again true to begin a new one in any case
     */
    public static RunFolder find(Path runs, Configuration<?> configuration, boolean again) {
        String name =
                configuration.experiment() + "-seed" + configuration.settings().seed() + "-" + configuration.identity();
        int newest = 0;
        while (Files.isDirectory(runs.resolve(numbered(name, newest + 1)))) {
            newest++;
        }
        int number = newest == 0 || again ? newest + 1 : newest;
        return new RunFolder(runs.resolve(numbered(name, number)));
    }

    /** A folder by name; refused if it holds a run with another configuration. */
    public static RunFolder at(Path directory, Configuration<?> configuration, boolean again) {
        RunFolder folder = new RunFolder(directory);
        Path file = folder.directory.resolve(CONFIGURATION);
        if (!Files.exists(file)) {
            return folder;
        }
        if (again) {
            throw new StackException(folder.directory + " holds a run already; with --again name a new folder");
        }
        String found = identity(file);
        if (!found.equals(configuration.identity())) {
            throw new StackException(folder.directory + " holds a run with other settings, documents, model or code ("
                    + found + ", this is " + configuration.identity() + "); name another folder with --out");
        }
        return folder;
    }

    /** An unfinished run that asked the same question of other code, which this code cannot go on with. */
    public static Optional<Path> unfinishedWithOtherCode(Path runs, Configuration<?> configuration) {
        String prefix = configuration.experiment() + "-seed"
                + configuration.settings().seed() + "-" + configuration.question() + "-";
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(runs)) {
            return found.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .filter(path -> !path.getFileName()
                            .toString()
                            .startsWith(prefix + configuration.code().built().substring(0, 8)))
                    .filter(path -> !Files.exists(path.resolve(REPORT)))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + runs, e);
        }
    }

    private static String numbered(String name, int number) {
        return number == 1 ? name : name + "-" + number;
    }

    private static String identity(Path file) {
        try {
            JsonNode found = JSON.readTree(file.toFile());
            return found.path("identity").asText("unknown");
        } catch (IOException e) {
            throw new StackException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    public Path directory() {
        return directory;
    }

    /** State directory of the stack. */
    public Path stack() {
        return directory.resolve("stack");
    }

    public Path page() {
        return directory.resolve(PAGE);
    }

    public boolean isBegun() {
        return Files.exists(directory.resolve(CONFIGURATION));
    }

    public boolean isFinished() {
        return Files.exists(directory.resolve(REPORT));
    }

    /** Notes what is about to be run. */
    public void begin(Configuration<?> configuration) {
        var written = JSON.convertValue(configuration, new TypeReference<LinkedHashMap<String, Object>>() {});
        written.put("identity", configuration.identity());
        write(CONFIGURATION, json(written));
    }

    /** Writes page and report; the report last. */
    public void finish(String page, Object report) {
        write(PAGE, page);
        write(REPORT, json(report));
    }

    public <R> R report(Class<R> type) {
        Path file = directory.resolve(REPORT);
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new StackException("cannot read " + file + ": " + e.getMessage() + "; run with --again", e);
        }
    }

    public void copyReport(Path to) {
        try {
            Files.copy(directory.resolve(REPORT), to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("cannot write " + to + ": " + e.getMessage(), e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write as JSON", e);
        }
    }

    /** Through a neighbour and a rename: what is there is whole. */
    private void write(String name, String text) {
        try {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(name + ".part");
            Files.writeString(unfinished, text, StandardCharsets.UTF_8);
            Files.move(unfinished, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("cannot write " + name + " in " + directory + ": " + e.getMessage(), e);
        }
    }
}
