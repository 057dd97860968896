package dev.sealstream.benchmarks;

import dev.sealstream.devstack.DevStack;
import dev.sealstream.devstack.DevStackConfig;
import dev.sealstream.devstack.ServiceSettings;
import dev.sealstream.devstack.StackService;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventProducer;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.LogReader;
import dev.sealstream.eventstreaming.Topics;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Broker, registry and two update workers on cores of their own, with more work waiting than they do while they are measured. */
final class WorkerPair implements AutoCloseable {
    /** Groups each worker does before the clock starts: its partitions are settled and its code is warm. */
    static final int WARM_UP = 6;

    /** Groups a worker on the average does while the clock runs. */
    static final int MEASURED = 24;

    /** Groups are spread over partitions by chance; with so many times as many as are done, none runs dry. */
    private static final int ABUNDANCE = 3;

    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    /** Seldom, for looking takes time from the workers; a group takes a second. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final String WORKER = "update-worker";
    private static final String SECOND = "update-worker-2";

    private final DevStack stack;
    private final EventCodec codec;
    private final EventProducer producer;
    private final LogReader<AdaptersTrained> updates;
    private final Iterator<SelfEditsProposed> groups;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private WorkerPair(DevStack stack, Iterator<SelfEditsProposed> groups) {
        var kafka =
                KafkaSettings.of(stack.bootstrapServers(), stack.registryUrl().toString());
        this.stack = stack;
        this.codec = new EventCodec(kafka.registryUrl());
        this.producer = new EventProducer(kafka, codec, "the benchmark");
        this.updates = new LogReader<>(kafka, Topics.UPDATES, codec);
        this.groups = groups;
    }

    static WorkerPair start(Path root, Path state, Path model, Stream<SelfEditsProposed> groups) {
        var worker = ServiceSettings.named(WORKER);
        var config = DevStackConfig.forTest(root, state)
                .withFreshState(true)
                .withModel(model)
                .withServices(List.of(worker.onCore(0), worker.as(SECOND).onCore(1)));
        return new WorkerPair(DevStack.start(config), groups.iterator());
    }

    /** Rollout groups a second that one worker or both learn, while there is work for each. */
    double groupsPerSecond(int workers) throws Exception {
        run(workers);
        send(ABUNDANCE * workers * (WARM_UP + MEASURED));
        for (var worker : running()) {
            double before = metric(worker, "seal_stage_task_seconds_count");
            await(() -> metric(worker, "seal_stage_task_seconds_count") >= before + WARM_UP);
        }
        updates.readNew();
        long start = System.nanoTime();
        int done = 0;
        while (done < workers * MEASURED) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            done += updates.readNew().size();
            requireTime(start);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        requireWorkLeft();
        return done / seconds;
    }

    private void run(int workers) {
        var second = stack.service(SECOND);
        if (workers == 1 && second.isAlive()) {
            second.stop();
        } else if (workers == 2 && !second.isAlive()) {
            second.start();
        }
    }

    private List<StackService> running() {
        return Stream.of(WORKER, SECOND)
                .map(stack::service)
                .filter(StackService::isAlive)
                .toList();
    }

    private void send(int count) {
        for (int sent = 0; sent < count; sent++) {
            producer.send(Topics.SELF_EDITS, groups.next()).join();
        }
    }

    /** A worker without work would have been measured as slow. */
    private void requireWorkLeft() throws Exception {
        for (var worker : running()) {
            if (metric(worker, "seal_stage_lag_records") < 1) {
                throw new IllegalStateException(
                        worker.name() + " ran out of work while it was measured; raise ABUNDANCE");
            }
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            requireTime(start);
        }
    }

    private void requireTime(long start) {
        stack.checkAlive();
        if (System.nanoTime() - start > WITHIN.toNanos()) {
            throw new IllegalStateException("the update workers are not done after " + WITHIN + "; their logs are in "
                    + stack.config().logs());
        }
    }

    /** Of the stage that reads self-edits. */
    private double metric(StackService worker, String name) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(worker.url().resolve("/q/metrics"))
                .timeout(ANSWER_WITHIN)
                .build();
        String body = http.send(request, BodyHandlers.ofString()).body();
        var found = Pattern.compile("(?m)^" + name + "\\{[^}]*stage=\"" + WORKER + "\"[^}]*} (\\S+)")
                .matcher(body);
        if (!found.find()) {
            throw new IllegalStateException(worker.name() + " exports no " + name + " of stage " + WORKER);
        }
        return Double.parseDouble(found.group(1));
    }

    @Override
    public void close() {
        updates.close();
        producer.close();
        codec.close();
        stack.close();
    }
}
