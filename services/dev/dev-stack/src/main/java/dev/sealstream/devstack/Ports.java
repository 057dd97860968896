package dev.sealstream.devstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of the stack that others connect to; {@link #ANY} lets the stack pick a free one. Services' own HTTP ports
 * are always picked.
 */
public record Ports(int broker, int registry, int console) {

    /** Pick a free port at the start. */
    public static final int ANY = 0;

    /** What the launcher uses: far from the ports that other software defaults to. */
    public static final Ports FIXED = new Ports(19092, 18081, 18080);

    /** What tests use, so that they disturb nothing that runs on the machine. */
    public static final Ports EPHEMERAL = new Ports(ANY, ANY, ANY);

    public Ports {
        requirePort("broker", broker);
        requirePort("registry", registry);
        requirePort("console", console);
    }

    /** The same ports, with a free one in place of each {@link #ANY}. */
    Ports resolved() {
        return new Ports(orFree(broker), orFree(registry), orFree(console));
    }

    /**
     * A port on which nothing listens now. Taken from below the range from which systems draw the local ports of outgoing
     * connections, so that no connection takes it before its server does.
     */
    static int free() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free TCP port found between 20000 and 30000");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }

    private static int orFree(int port) {
        return port == ANY ? free() : port;
    }

    private static void requirePort(String use, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(use + " port is " + port + ", allowed are 1 to 65535, or 0 to pick one");
        }
    }
}
