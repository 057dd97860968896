package dev.sealstream.integrationtests;

import dev.sealstream.devstack.SharedRegistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** One schema registry for all stacks of a test run: they register the same schemas, and it takes longest of all to start. */
final class TestRegistry {
    private static final SharedRegistry REGISTRY = start();

    private TestRegistry() {}

    static URI url() {
        return REGISTRY.url();
    }

    private static SharedRegistry start() {
        try {
            var registry = SharedRegistry.start(
                    Path.of(System.getProperty("sealstream.root")), Files.createTempDirectory("registry"));
            Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "stop-registry"));
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
