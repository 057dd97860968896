package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.BrokerAccess;
import dev.sealstream.eventstreaming.RetryBackoff;
import dev.sealstream.eventstreaming.TransientFaultException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What becomes of a fault that is not a record's. Its transaction is thrown away, so the record comes again: after a wait
 * when registry or broker did not answer, else the service stops and says why: in our words where the broker refused something.
 */
final class FaultRoute implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = Logger.getLogger(FaultRoute.class);

    private final RetryBackoff backoff;
    private final BrokerAccess access;
    private final Runnable exit;

    /** Over the life of the process: the registry is asked only when a schema is seen for the first time. */
    private final AtomicInteger attempts = new AtomicInteger();

    /** @param exit begins the end of the service; must not wait for it, since it is called on a thread that is to end */
    FaultRoute(RetryBackoff backoff, BrokerAccess access, Runnable exit) {
        this.backoff = backoff;
        this.access = access;
        this.exit = exit;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        var refused = access.explain(failure);
        if (refused.isPresent()) {
            // Its words say all there is to do; where in the code it came up helps nobody.
            LOG.errorf("the service stops: %s", refused.get().getMessage());
            return stop();
        }
        int attempt = attempts.incrementAndGet();
        if (isTransient(failure) && attempt < backoff.attemptsMax()) {
            LOG.warnf("attempt %d of %d failed, trying again: %s", attempt, backoff.attemptsMax(), failure);
            return pause(attempt);
        }
        LOG.error("the service stops; nothing of the failed step was committed", failure);
        return stop();
    }

    private StreamThreadExceptionResponse stop() {
        exit.run();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isTransient(Throwable failure) {
        return failure instanceof TransientFaultException
                || (failure.getCause() != null && isTransient(failure.getCause()));
    }

    private StreamThreadExceptionResponse pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(backoff.waitAfter(attempt).toMillis());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
    }
}
