package dev.sealstream.devstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a started process whether it can serve. Asked again and again, so an answer must come within seconds. */
@FunctionalInterface
public interface Readiness {

    /** True once the process serves. A refused connection or an error status is a plain false. */
    boolean isReady() throws InterruptedException;

    /** Ready when a GET answers 200. */
    static Readiness http(URI uri) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return () -> {
            try {
                return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        };
    }

    /** Ready when something on this machine accepts connections on the port. */
    static Readiness tcp(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        };
    }
}
