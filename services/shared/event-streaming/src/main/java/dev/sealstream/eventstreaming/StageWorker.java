package dev.sealstream.eventstreaming;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Runs a {@link Stage} over a topic: every event is worked on, and its results and its offset are written in one
 * transaction, so a worker killed in the middle costs its one task again and nothing else.
 *
 * <p>Work may take minutes: it is done on a thread of its own while the worker keeps polling with paused partitions. If
 * the partition moves to another instance meanwhile, the result is dropped and never written. Faults are routed by {@link
 * FaultRouter}: invalid records to the dead letters, transient faults tried again, everything else ends the worker: then
 * {@link #alive()} is false and {@link #failure()} says why; the service must become unready and exit.
 *
 * <p>The transactional id is new for each process start unless the settings name a stable instance. Exactly-once does not
 * rest on it: offsets are committed with the consumer group's metadata, so the broker refuses an instance whose partitions
 * have moved. A stable name would only end a dead instance's open transaction a few seconds sooner.
 */
public final class StageWorker<E> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StageWorker.class);

    private final StageSettings settings;
    private final BrokerAccess access;
    private final TimedStage<E> stage;
    private final StageTask.Tools<E> tools;
    private final Closing closing = new Closing();
    private final Thread thread;
    private volatile Throwable failure;

    public StageWorker(
            StageSettings settings, Topic<E> input, Stage<E> stage, EventCodec codec, StageListener listener) {
        this.settings = settings;
        this.access = settings.access(input);
        this.stage = new TimedStage<>(stage);
        this.tools = new StageTask.Tools<>(
                settings.name(),
                input,
                this.stage,
                codec,
                new FaultRouter(settings.backoff()),
                settings.backoff(),
                listener);
        this.thread = new Thread(this::run, settings.name());
    }

    public StageWorker(StageSettings settings, Topic<E> input, Stage<E> stage, EventCodec codec) {
        this(settings, input, stage, codec, StageListener.NONE);
    }

    /** Once only: a worker that stopped is not started again, its process is. */
    public void start() {
        thread.start();
    }

    /** Whether the worker runs; false before the start and after the end. */
    public boolean alive() {
        return thread.isAlive() && failure == null;
    }

    public String name() {
        return settings.name();
    }

    /** How long the task in hand has taken so far; zero between tasks. */
    public Duration inHandFor() {
        return stage.inHandFor();
    }

    /** Why the worker stopped by itself; empty while it runs and after a clean close. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Takes no further event and waits for the one in hand, up to the grace time of the settings. */
    @Override
    public void close() {
        closing.begin();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (var loop = loop()) {
            loop.open();
            while (!closing.begun()) {
                loop.turn();
            }
            drain(loop);
        } catch (Throwable e) {
            stopped(e);
        }
    }

    private void stopped(Throwable fault) {
        var refused = access.explain(fault);
        if (refused.isPresent()) {
            // Its words say all there is to do; where in the code it came up helps nobody.
            LOG.error("stage={} stopped: {}", settings.name(), refused.get().getMessage());
        } else {
            LOG.error("stage={} stopped: {}", settings.name(), fault.toString(), fault);
        }
        failure = refused.<Throwable>map(words -> words).orElse(fault);
        tools.listener().stopped(failure);
    }

    private void drain(StageLoop<E> loop) {
        long began = System.nanoTime();
        while (loop.working()
                && System.nanoTime() - began < settings.closeGrace().toNanos()) {
            loop.turn();
        }
        if (loop.working()) {
            LOG.warn(
                    "stage={} closes with a task in hand after {}; its record comes again",
                    settings.name(),
                    settings.closeGrace());
        }
    }

    private StageLoop<E> loop() {
        return new StageLoop<>(
                tools,
                ClientSettings.groupConsumer(settings),
                new OutputTransaction(() -> ClientSettings.transactionalProducer(settings)),
                Executors.newSingleThreadExecutor(work -> new Thread(work, settings.name() + "-work")),
                closing);
    }
}
