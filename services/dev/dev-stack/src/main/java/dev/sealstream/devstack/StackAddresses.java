package dev.sealstream.devstack;

import dev.sealstream.devstack.process.StackException;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where a running stack can be reached; noted in its state directory for commands in other terminals. */
public record StackAddresses(String bootstrapServers, URI registryUrl, URI consoleUrl) {
    private static final String FILE = "addresses.properties";

    void write(Path stateDirectory) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap-servers", bootstrapServers);
        properties.setProperty("registry-url", registryUrl.toString());
        properties.setProperty("console-url", consoleUrl.toString());
        StringWriter text = new StringWriter();
        try {
            properties.store(text, "where the stack can be reached");
            Files.writeString(stateDirectory.resolve(FILE), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note the stack's addresses in " + stateDirectory, e);
        }
    }

    static void delete(Path stateDirectory) {
        try {
            Files.deleteIfExists(stateDirectory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the stack's addresses from " + stateDirectory, e);
        }
    }

    /** Addresses of the stack that runs with this state directory; empty when none was started or it was stopped. */
    public static Optional<StackAddresses> read(Path stateDirectory) {
        Path file = stateDirectory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            return Optional.of(new StackAddresses(
                    properties.getProperty("bootstrap-servers"),
                    URI.create(properties.getProperty("registry-url")),
                    URI.create(properties.getProperty("console-url"))));
        } catch (IOException | RuntimeException unusable) {
            throw new StackException(
                    "cannot read " + file + "; remove it, or name the stack with --bootstrap", unusable);
        }
    }
}
