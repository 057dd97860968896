package dev.sealstream.integrationtests;

import dev.sealstream.integrationtests.SealCommand.Answer;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** {@code ./seal} with a client config: what a person at a secured cluster has and no more. */
final class SecuredCommand {
    private static final String USER = "people";

    private final TestStack stack;
    private final SecuredBroker broker;
    private final Path directory;

    SecuredCommand(TestStack stack, SecuredBroker broker, Path directory) {
        this.stack = stack;
        this.broker = broker;
        this.directory = directory;
    }

    Answer run(String... arguments) throws IOException, InterruptedException {
        return runWithPassword(SecuredBroker.password(USER), arguments);
    }

    Answer runWithPassword(String password, String... arguments) throws IOException, InterruptedException {
        var properties = new Properties();
        properties.putAll(broker.passwordClient(USER, password));
        properties.putAll(Map.of(
                "bootstrap.servers", broker.bootstrapServers(USER),
                "registry.url", stack.processes().registryUrl().toString(),
                "checkpoints.public-keys", directory.resolve("gate.pub").toString()));
        var text = new StringWriter();
        properties.store(text, null);
        var file = Files.writeString(directory.resolve("client.properties"), text.toString());
        var all = new ArrayList<>(List.of(arguments));
        all.add("--client-config=" + file);
        return SealCommand.run(all);
    }
}
