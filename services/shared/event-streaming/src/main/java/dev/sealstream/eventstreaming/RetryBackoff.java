package dev.sealstream.eventstreaming;

import java.time.Duration;

/**
 * How often a transient fault is tried again, and how long to wait between.
 *
 * @param attemptsMax attempts in all, the first included; more of them ride out longer outages before the worker stops
 * @param firstWait wait after the first attempt; doubled after each further one
 * @param waitMax longest wait; a longer one spares a struggling service and notices its return later
 */
public record RetryBackoff(int attemptsMax, Duration firstWait, Duration waitMax) {
    /** About four minutes in all: a registry's restart is ridden out, a wrong address is not waited for all day. */
    public static final RetryBackoff DEFAULT = new RetryBackoff(12, Duration.ofMillis(500), Duration.ofSeconds(30));

    public RetryBackoff {
        if (attemptsMax < 1) {
            throw new IllegalArgumentException("attemptsMax is " + attemptsMax + "; allowed: 1 or more");
        }
        if (firstWait.isNegative() || waitMax.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("waits are " + firstWait + " to " + waitMax
                    + "; allowed: not negative, the first not longer than the longest");
        }
    }

    /** @param attempt the one that just failed, from 1 */
    public Duration waitAfter(int attempt) {
        int doublings = Math.min(attempt - 1, 30);
        var wait = firstWait.multipliedBy(1L << doublings);
        return wait.compareTo(waitMax) > 0 ? waitMax : wait;
    }
}
