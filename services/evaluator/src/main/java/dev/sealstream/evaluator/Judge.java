package dev.sealstream.evaluator;

import dev.sealstream.domain.Grader;
import dev.sealstream.domain.Verdict;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets another model say whether answers are right, yes or no. What cannot be judged is withheld, so that a judge who is away
 * or talks nonsense never makes an answer wrong.
 */
final class Judge implements Grader, AutoCloseable {
    /** Enough to recognise what a judge said. */
    private static final int QUOTE_CHARACTERS_MAX = 80;

    private final ChatEndpoint endpoint;
    private final int attempts;
    private final Duration backoff;
    private final ExecutorService workers;

    Judge(ChatEndpoint endpoint, int attempts, Duration backoff, int concurrency) {
        this.endpoint = endpoint;
        this.attempts = attempts;
        this.backoff = backoff;
        this.workers = Executors.newFixedThreadPool(concurrency, work -> {
            var thread = new Thread(work, "judge");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public List<Verdict> grade(List<Answer> answers) {
        // One answer that used up its attempts shows that the judge is away; the others need not wait for it too.
        var away = new AtomicReference<String>();
        var work = answers.stream()
                .map(answer -> (Callable<Verdict>) () -> verdict(answer, away))
                .toList();
        try {
            return workers.invokeAll(work).stream().map(Judge::result).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the judge", e);
        }
    }

    private Verdict verdict(Answer answer, AtomicReference<String> away) throws InterruptedException {
        String reason = "";
        for (int attempt = 1; attempt <= attempts && away.get() == null; attempt++) {
            if (attempt > 1) {
                Thread.sleep(backoff.toMillis() << (attempt - 2));
            }
            try {
                String judgement = endpoint.answer(JudgePrompt.of(answer)).strip();
                var correct = JudgePrompt.verdict(judgement);
                if (correct.isPresent()) {
                    return new Verdict.Given(correct.get() ? 1 : 0, judgement);
                }
                reason = "judge said neither yes nor no but '" + quoted(judgement) + "'";
            } catch (JudgeFault fault) {
                reason = fault.getMessage();
                if (!fault.worthAnotherTry() || attempt == attempts) {
                    away.compareAndSet(null, reason);
                }
            }
        }
        return new Verdict.Withheld(away.get() == null ? reason + " in " + attempts + " attempts" : away.get());
    }

    private static String quoted(String judgement) {
        return judgement.length() <= QUOTE_CHARACTERS_MAX
                ? judgement
                : judgement.substring(0, QUOTE_CHARACTERS_MAX) + "…";
    }

    private static Verdict result(Future<Verdict> verdict) {
        try {
            return verdict.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading a verdict", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the judge's worker failed", e.getCause());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        endpoint.close();
    }
}
