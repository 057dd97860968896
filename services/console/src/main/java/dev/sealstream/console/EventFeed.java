package dev.sealstream.console;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The newest events of a topic in memory, for any number of listeners. A listener first hears what is kept, then what
 * comes, without a gap or a repeat between. Safe for use by several threads.
 */
final class EventFeed<E> implements Sink<E> {
    private final int kept;
    private final ArrayDeque<E> events = new ArrayDeque<>();

    /** Copied on write, because a listener that is cut off leaves while an event is being told. */
    private final Set<MultiEmitter<? super E>> listeners = new CopyOnWriteArraySet<>();

    /** @param kept how many events are kept; older ones are dropped */
    EventFeed(int kept) {
        if (kept < 1) {
            throw new IllegalArgumentException("a feed keeps " + kept + " events; allowed: 1 or more");
        }
        this.kept = kept;
    }

    @Override
    public synchronized void add(Collection<E> news) {
        for (E event : news) {
            events.addLast(event);
            if (events.size() > kept) {
                events.removeFirst();
            }
            listeners.forEach(listener -> listener.emit(event));
        }
    }

    @Override
    public synchronized void clear() {
        events.clear();
    }

    /** At most {@code limit} events, the newest first. */
    synchronized List<E> latest(int limit) {
        var newest = new ArrayList<>(tail(limit));
        Collections.reverse(newest);
        return newest;
    }

    /**
     * At most {@code history} kept events, the oldest first, then all that come. A listener that falls behind by more
     * than a whole feed is cut off; it may come again and starts with what is kept.
     */
    Multi<E> stream(int history) {
        return Multi.createFrom()
                .<E>emitter(listener -> join(listener, history), BackPressureStrategy.IGNORE)
                .onOverflow()
                .buffer(2 * kept);
    }

    private synchronized void join(MultiEmitter<? super E> listener, int history) {
        tail(history).forEach(listener::emit);
        listeners.add(listener);
        listener.onTermination(() -> leave(listener));
    }

    private synchronized void leave(MultiEmitter<? super E> listener) {
        listeners.remove(listener);
    }

    private List<E> tail(int limit) {
        return events.stream().skip(Math.max(0, events.size() - limit)).toList();
    }
}
