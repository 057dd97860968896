package dev.sealstream.devstack.demo;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.NewData;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Runs rounds of learning one after another and reports what they were worth.
 *
 * <p>Held-out documents are sent first; then each round's training documents, as soon as the gate has decided on the
 * round before. In between the demo only listens.
 */
public final class Demo {
    /** Several times the longest silence of a healthy demo, the measuring of a candidate. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(6);

    private static final Duration POLL = Duration.ofMillis(250);

    private final DemoSettings settings;
    private final EventLink link;
    private final Runnable checkAlive;
    private final DemoView view;
    private final LongSupplier nanoClock;

    /**
     * @param checkAlive throws when a process of the stack has died
     * @param nanoClock monotonic clock, nanoseconds
     */
    public Demo(DemoSettings settings, EventLink link, Runnable checkAlive, DemoView view, LongSupplier nanoClock) {
        this.settings = settings;
        this.link = link;
        this.checkAlive = checkAlive;
        this.view = view;
        this.nanoClock = nanoClock;
    }

    /**
     * Runs all rounds.
     *
     * @param benchmark held-out documents
     * @param training training documents, as many as all rounds need
     * @throws StackException if a process dies or nothing happens for too long
     */
    public DemoReport run(List<NewData> benchmark, List<NewData> training) {
        long started = nanoClock.getAsLong();
        link.send(benchmark);
        List<RoundReport> reports = new ArrayList<>();
        for (int number = 1; number <= settings.rounds(); number++) {
            int first = (number - 1) * settings.passages();
            reports.add(round(number, training.subList(first, first + settings.passages())));
        }
        return new DemoReport(settings, reports, ArmTable.of(reports), secondsSince(started));
    }

    private RoundReport round(int number, List<NewData> documents) {
        Set<String> ids = new HashSet<>();
        documents.forEach(document -> ids.add(document.dataId()));
        RoundProgress progress = new RoundProgress(number, ids);
        view.roundStarted(number, documents.size());
        long started = nanoClock.getAsLong();
        link.send(documents);
        long lastSign = nanoClock.getAsLong();
        while (progress.phase() != RoundPhase.DECIDED) {
            for (Object event : link.poll(POLL)) {
                if (progress.accept(event)) {
                    lastSign = nanoClock.getAsLong();
                }
            }
            checkAlive.run();
            requireSign(progress, lastSign);
            view.progress(progress, secondsSince(started));
        }
        RoundReport report = progress.report(secondsSince(started));
        view.roundEnded(report);
        return report;
    }

    private void requireSign(RoundProgress progress, long lastSign) {
        if (nanoClock.getAsLong() - lastSign > SILENCE_MAX.toNanos()) {
            throw new StackException("nothing has happened for " + SILENCE_MAX.toMinutes() + " minutes in round "
                    + progress.number() + " while " + progress.phase().inWords() + "; read "
                    + progress.phase().service() + ".log");
        }
    }

    private double secondsSince(long nanos) {
        return (nanoClock.getAsLong() - nanos) / 1e9;
    }
}
