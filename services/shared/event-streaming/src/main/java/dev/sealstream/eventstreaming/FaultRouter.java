package dev.sealstream.eventstreaming;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Decides what becomes of a fault; the only place that does. */
final class FaultRouter {

    enum Route {
        /** The record is at fault: write it to the dead letters and go on. */
        DEAD_LETTER,
        /** The surroundings are at fault: wait and try again. */
        RETRY,
        /** We are at fault, or the surroundings for too long: stop and say why. */
        STOP
    }

    private final RetryBackoff backoff;

    FaultRouter(RetryBackoff backoff) {
        this.backoff = backoff;
    }

    /** @param attempt the one that just failed, from 1 */
    Route ofWork(Throwable fault, int attempt) {
        if (fault instanceof InvalidEventException) {
            return Route.DEAD_LETTER;
        }
        return fault instanceof TransientFaultException ? retryUnlessExhausted(attempt) : Route.STOP;
    }

    /**
     * A transaction that failed: fenced, left behind by a rebalance or cut off from the broker, it can be done again;
     * what would fail the same way for ever stops the worker.
     */
    Route ofTransaction(Throwable fault, int attempt) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException
                    || cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException
                    || cause instanceof UnsupportedVersionException
                    || cause instanceof InvalidConfigurationException
                    || cause instanceof UnknownTopicOrPartitionException) {
                return Route.STOP;
            }
        }
        return retryUnlessExhausted(attempt);
    }

    private Route retryUnlessExhausted(int attempt) {
        return attempt < backoff.attemptsMax() ? Route.RETRY : Route.STOP;
    }
}
