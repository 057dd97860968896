package dev.sealstream.eventstreaming;

import java.time.Duration;

/** A stage that knows how long its task in hand takes, so that one that never ends is noticed. */
final class TimedStage<E> implements Stage<E> {
    private final Stage<E> stage;
    private volatile Long began;

    TimedStage(Stage<E> stage) {
        this.stage = stage;
    }

    @Override
    public Result process(E event) {
        began = System.nanoTime();
        try {
            return stage.process(event);
        } finally {
            began = null;
        }
    }

    @Override
    public void reset() {
        stage.reset();
    }

    /** Zero between tasks. */
    Duration inHandFor() {
        Long since = began;
        return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }
}
