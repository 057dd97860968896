package dev.sealstream.experiments.continual;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Runs the sequences of one method to their ends: a document is sent once the one before it was decided. A run that was killed
 * goes on when this is called again with the same topics.
 */
public final class ContinualExperiment {
    /** What the link must replay. */
    public static final List<Topic<?>> TOPICS = List.of(Topics.NEW_DATA, Topics.OUTCOMES, Topics.CHECKPOINTS);

    /** Where a refused record would make the experiment wait in vain. */
    public static final List<Topic<?>> REFUSALS = List.of(
            Topics.NEW_DATA, Topics.SELF_EDITS, Topics.UPDATES, Topics.REPEATS, Topics.OUTCOMES, Topics.CANDIDATES);

    /** Sequences in work at once: enough to keep every service busy, few enough for the heads a worker keeps in memory. */
    private static final int AT_ONCE = 4;

    /** Several times the longest silence of a healthy run, the measuring of a candidate. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(15);

    private static final Duration POLL = Duration.ofMillis(250);

    private final ContinualSettings settings;
    private final List<Sequence> sequences;
    private final EventLink link;
    private final Runnable checkAlive;
    private final LongSupplier nanoClock;

    /**
     * @param link replays {@link #TOPICS} and the dead letters of {@link #REFUSALS}
     * @param checkAlive throws when a process of the stack has died
     * @param nanoClock monotonic clock, nanoseconds
     */
    public ContinualExperiment(
            ContinualSettings settings,
            List<Sequence> sequences,
            EventLink link,
            Runnable checkAlive,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.sequences = List.copyOf(sequences);
        this.link = link;
        this.checkAlive = checkAlive;
        this.nanoClock = nanoClock;
    }

    /**
     * @param method name of the findings
     * @throws StackException if a process dies, a record is refused or nothing happens for too long
     */
    public MethodFindings run(String method, ContinualView view) {
        var ledger = new Ledger();
        while (!link.isCaughtUp()) {
            link.poll(POLL).forEach(ledger::accept);
            checkAlive.run();
        }
        int all = sequences.size() * settings.length();
        long lastNews = nanoClock.getAsLong();
        while (true) {
            List<NewData> due = due(ledger);
            if (!due.isEmpty()) {
                link.send(due);
                due.forEach(ledger::accept);
            }
            int decided = sequences.stream()
                    .mapToInt(sequence -> decided(sequence, ledger))
                    .sum();
            view.progress(decided, all);
            if (decided == all) {
                return MethodFindings.of(method, results(ledger));
            }
            for (Object event : link.poll(POLL)) {
                if (ledger.accept(event)) {
                    lastNews = nanoClock.getAsLong();
                }
            }
            checkAlive.run();
            if (nanoClock.getAsLong() - lastNews > SILENCE_MAX.toNanos()) {
                throw new StackException("nothing has happened for " + SILENCE_MAX.toMinutes()
                        + " minutes; read the services' logs, then run the same command again to go on");
            }
        }
    }

    /** Of the first unfinished sequences the held-out documents and the next document to learn, as far as not sent. */
    private List<NewData> due(Ledger ledger) {
        var due = new ArrayList<NewData>();
        sequences.stream()
                .filter(sequence -> decided(sequence, ledger) < settings.length())
                .limit(AT_ONCE)
                .forEach(sequence -> {
                    due.addAll(sequence.gate());
                    due.add(sequence.documents().get(decided(sequence, ledger)));
                });
        due.removeIf(ledger::isSent);
        return due;
    }

    private int decided(Sequence sequence, Ledger ledger) {
        int decided = 0;
        while (decided < settings.length() && step(sequence, decided, ledger) != null) {
            decided++;
        }
        return decided;
    }

    private Step step(Sequence sequence, int place, Ledger ledger) {
        return ledger.step(sequence.documents().get(place), settings.edits()).orElse(null);
    }

    private List<SequenceResult> results(Ledger ledger) {
        var results = new ArrayList<SequenceResult>();
        for (var sequence : sequences) {
            var steps = new ArrayList<Step>();
            for (int place = 0; place < settings.length(); place++) {
                steps.add(step(sequence, place, ledger));
            }
            results.add(SequenceResult.of(sequence, steps));
        }
        return results;
    }
}
