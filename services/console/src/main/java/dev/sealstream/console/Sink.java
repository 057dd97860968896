package dev.sealstream.console;

import java.util.Collection;

/** Where the events of a followed topic go. */
interface Sink<E> {
    void add(Collection<E> news);

    /** Forgets everything, because the topic is read again from its beginning. */
    void clear();

    /** Both get every event, in this order. */
    static <E> Sink<E> both(Sink<E> first, Sink<E> second) {
        return new Sink<>() {
            @Override
            public void add(Collection<E> news) {
                first.add(news);
                second.add(news);
            }

            @Override
            public void clear() {
                first.clear();
                second.clear();
            }
        };
    }
}
