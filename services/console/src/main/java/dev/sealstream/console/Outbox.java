package dev.sealstream.console;

import dev.sealstream.eventstreaming.AccessRefusedException;
import dev.sealstream.eventstreaming.EventProducer;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.TransientFaultException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands events to the broker and waits until they are written. */
final class Outbox {
    private final EventProducer producer;
    private final Duration timeout;

    Outbox(EventProducer producer, Duration timeout) {
        this.producer = producer;
        this.timeout = timeout;
    }

    /** Empty when every event was written; else why not. */
    <E> Optional<Problem> send(Topic<E> topic, List<E> events) throws InterruptedException {
        try {
            var sent = events.stream().map(event -> producer.send(topic, event)).toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(sent).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(problem(e.getCause()));
        } catch (TimeoutException e) {
            return Optional.of(unavailable("no answer in " + timeout));
        } catch (AccessRefusedException | TransientFaultException ofTheRegistry) {
            return Optional.of(problem(ofTheRegistry));
        }
    }

    /** What the console may not do no repetition mends. */
    private static Problem problem(Throwable fault) {
        return fault instanceof AccessRefusedException refused
                ? new Problem("broker", refused.finding(), "what the console's user may do", refused.remedy())
                : unavailable(fault.toString());
    }

    private static Problem unavailable(String found) {
        return new Problem(
                "broker",
                found,
                "every record written",
                "send the request again: what was written keeps its id, so nothing happens twice");
    }
}
