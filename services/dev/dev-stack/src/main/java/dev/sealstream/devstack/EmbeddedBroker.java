package dev.sealstream.devstack;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A Kafka broker and controller in this JVM: one node, no ZooKeeper, no container.
 *
 * <p>Kafka's server keeps global state, so the stack runs this in a process of its own. The log directory is formatted
 * on first use and reused afterwards; topics and records survive a restart.
 */
public final class EmbeddedBroker {
    private static final int NODE_ID = 1;

    /** A record holds a whole rollout group with all its texts; Kafka's default of 1 MB is too little. */
    private static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

    private final KafkaRaftServer server;

    /**
     * @param port where clients connect, on the loopback interface
     * @param controllerPort where the broker talks to its own controller
     * @param further settings over those it has anyway; of listeners, those that come on top
     */
    public EmbeddedBroker(Path logDirectory, int port, int controllerPort, Map<String, String> further) {
        format(logDirectory);
        var properties = properties(logDirectory, port, controllerPort);
        further.forEach((name, value) ->
                properties.merge(name, value, (own, more) -> name.contains("listener") ? own + "," + more : more));
        server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    }

    /** Starts, then blocks until the process is told to end; a shutdown hook closes the log cleanly. */
    public void run() {
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-broker"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the broker's log directory " + directory, e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format the broker's log directory " + directory, e);
        }
    }

    private static Map<String, String> properties(Path directory, int port, int controllerPort) {
        Map<String, String> p = new HashMap<>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE_ID));
        p.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("log.dirs", directory.toString());
        p.put("auto.create.topics.enable", "false");

        p.put("message.max.bytes", Integer.toString(MESSAGE_BYTES_MAX));
        p.put("replica.fetch.max.bytes", Integer.toString(MESSAGE_BYTES_MAX));
        p.put("socket.request.max.bytes", Integer.toString(4 * MESSAGE_BYTES_MAX));

        // One node: internal topics cannot have replicas. Few partitions: each costs files and start-up time.
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "2");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");

        // Small segments, index files and buffers for a log of a few megabytes.
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        p.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("log.retention.ms", "-1");
        return p;
    }
}
