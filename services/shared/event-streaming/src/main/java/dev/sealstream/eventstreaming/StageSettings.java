package dev.sealstream.eventstreaming;

import java.time.Duration;
import java.util.UUID;

/**
 * Settings of one {@link StageWorker}.
 *
 * @param name of the stage; also the consumer group, which all instances of the stage share
 * @param instance tells instances of the stage apart; {@code name-instance} is the transactional id
 * @param closeGrace how long a clean close waits for the task in hand; with less, a restart throws more work away
 */
public record StageSettings(
        KafkaSettings kafka, String name, String instance, Duration closeGrace, RetryBackoff backoff) {

    /** Longer than a task of the demo's model, shorter than Kubernetes' 30 s before it kills. */
    public static final Duration CLOSE_GRACE = Duration.ofSeconds(25);

    public StageSettings {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name of the stage is missing; it is the consumer group");
        }
        if (instance == null || instance.isBlank()) {
            throw new IllegalArgumentException("instance of stage " + name + " is missing; allowed: any unique text");
        }
        if (closeGrace.isNegative()) {
            throw new IllegalArgumentException(
                    "closeGrace of stage " + name + " is " + closeGrace + "; allowed: 0 or more");
        }
    }

    /**
     * The usual settings, with an instance of this process start. A name that outlives the process is not needed: a
     * lost instance's transaction is fenced by the consumer group's generation, and an open one ends after its short
     * timeout.
     */
    public static StageSettings of(KafkaSettings kafka, String name) {
        return new StageSettings(kafka, name, UUID.randomUUID().toString(), CLOSE_GRACE, RetryBackoff.DEFAULT);
    }

    /** What the stage's user needs on the broker. */
    BrokerAccess access(Topic<?> input) {
        return new BrokerAccess(
                        kafka,
                        "stage " + name,
                        topic -> topic.equals(input.name()) ? BrokerAccess.READ : BrokerAccess.WRITE)
                .withTransactionalIdPrefix(name + "-");
    }

    String transactionalId() {
        return name + "-" + instance;
    }
}
