package dev.sealstream.console;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.LineageHistory;
import org.jboss.logging.Logger;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every lineage as it stands, followed from three topics. Safe for use by several threads. */
final class LineageBoard {
    private static final Logger LOG = Logger.getLogger(LineageBoard.class);

    private final int kept;
    private final Map<String, LineageHistory> lineages = new TreeMap<>();

    /** @param kept how many candidates of a lineage are remembered that were not released */
    LineageBoard(int kept) {
        this.kept = kept;
    }

    /** Runs the question on the lineage while nothing changes it; one without records is empty. */
    synchronized <T> T ask(String lineage, Function<LineageHistory, T> question) {
        var history = lineages.get(lineage);
        return question.apply(history == null ? new LineageHistory(lineage, kept) : history);
    }

    Sink<CandidateProposed> candidates() {
        return sink(CandidateProposed::lineage, LineageHistory::proposed, LineageHistory::forgetProposals);
    }

    Sink<BenchmarkMeasured> measurements() {
        return sink(
                measured -> measured.candidate().lineage(),
                LineageHistory::measured,
                LineageHistory::forgetMeasurements);
    }

    Sink<CheckpointDecision> decisions() {
        return sink(CheckpointDecision::lineage, LineageBoard::decided, LineageHistory::forgetDecisions);
    }

    /** A log that contradicts itself is the gate's fault and the workers' business; the page shows what does fit. */
    private static void decided(LineageHistory history, CheckpointDecision decision) {
        try {
            history.decided(decision);
        } catch (IllegalStateException contradiction) {
            LOG.errorf("lineage=%s left out a decision: %s", history.name(), contradiction.getMessage());
        }
    }

    private <E> Sink<E> sink(
            Function<E, String> lineageOf, BiConsumer<LineageHistory, E> take, Consumer<LineageHistory> forget) {
        return new Sink<>() {
            @Override
            public void add(Collection<E> news) {
                synchronized (LineageBoard.this) {
                    for (E event : news) {
                        var history = lineages.computeIfAbsent(
                                lineageOf.apply(event), name -> new LineageHistory(name, kept));
                        take.accept(history, event);
                    }
                }
            }

            @Override
            public void clear() {
                synchronized (LineageBoard.this) {
                    lineages.values().forEach(forget);
                }
            }
        };
    }
}
