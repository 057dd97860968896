package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.events.EventLink;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Runs the experiment to its end: reads what the topics hold, sends what is due, listens, and does so again until nothing
 * is missing. A run that was killed goes on when this is called again with the same topics.
 */
public final class KnowledgeExperiment {
    /** What the link must replay. */
    public static final List<Topic<?>> TOPICS = List.of(
            Topics.NEW_DATA,
            Topics.SELF_EDITS,
            Topics.OUTCOMES,
            Topics.REWARDS,
            Topics.EXPERIENCES,
            Topics.CANDIDATES,
            Topics.BENCHMARKS,
            Topics.CHECKPOINTS);

    /** Where a refused record would make the experiment wait in vain. */
    public static final List<Topic<?>> REFUSALS = List.of(
            Topics.NEW_DATA, Topics.SELF_EDITS, Topics.UPDATES, Topics.REPEATS, Topics.OUTCOMES, Topics.EXPERIENCES);

    /** Several times the longest silence of a healthy run, the measuring of a candidate. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(15);

    private static final Duration POLL = Duration.ofMillis(250);

    private final ExperimentDocuments documents;
    private final Schedule schedule;
    private final KnowledgeSettings settings;
    private final EventLink link;
    private final Runnable checkAlive;
    private final LongSupplier nanoClock;

    /**
     * @param link replays {@link #TOPICS} and the dead letters of {@link #REFUSALS}
     * @param checkAlive throws when a process of the stack has died
     * @param nanoClock monotonic clock, nanoseconds
     */
    public KnowledgeExperiment(
            KnowledgeSettings settings,
            ExperimentDocuments documents,
            EventLink link,
            Runnable checkAlive,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.documents = documents;
        this.schedule = new Schedule(settings, documents);
        this.link = link;
        this.checkAlive = checkAlive;
        this.nanoClock = nanoClock;
    }

    /** @throws StackException if a process dies, a record is refused or nothing happens for too long */
    public KnowledgeFindings run(ExperimentView view) {
        var ledger = new Ledger(documents);
        while (!link.isCaughtUp()) {
            link.poll(POLL).forEach(ledger::accept);
            checkAlive.run();
        }
        view.begun(schedule.phases(ledger));
        long lastNews = nanoClock.getAsLong();
        while (true) {
            for (Dispatch<?> dispatch : schedule.due(ledger)) {
                dispatch.sendBy(link);
                dispatch.events().forEach(ledger::accept);
            }
            view.progress(schedule.phases(ledger));
            if (schedule.isOver(ledger)) {
                return new Findings(settings, documents, schedule, ledger).all();
            }
            for (Object event : link.poll(POLL)) {
                if (ledger.accept(event)) {
                    lastNews = nanoClock.getAsLong();
                }
            }
            checkAlive.run();
            requireNews(lastNews);
        }
    }

    private void requireNews(long lastNews) {
        if (nanoClock.getAsLong() - lastNews > SILENCE_MAX.toNanos()) {
            throw new StackException("nothing has happened for " + SILENCE_MAX.toMinutes()
                    + " minutes; read the services' logs, then run the same command again to go on");
        }
    }
}
