package dev.sealstream.eventstreaming;

import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.RepeatsWanted;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.RolloutGroupCompleted;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.SnapshotTaken;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The catalogue of topics: the only place where their names, keys, partitions and retention are written down. {@code
 * schemas/README.md} shows it as a table.
 *
 * <p>Topics of rollouts have four partitions, so four workers of a kind can share the work; more partitions, more
 * workers, and a topic's number must not change once it has records, since keys would move. Topics whose order is the
 * point (rounds, candidates, the checkpoint log) have one.
 */
public final class Topics {
    /** How many workers of one kind can share the work; two, three, four or six share it evenly. */
    private static final int SHARED = 12;

    private static final int ORDERED = 1;

    /** Twice the largest event known: a group of fifteen self-edits for a document of 200,000 characters. */
    static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

    /** Long enough to find out over a holiday that a stage stands still. */
    private static final Duration WORK = Duration.ofDays(14);

    private static final Duration LONG = Duration.ofDays(365);
    private static final Duration FOR_EVER = null;

    private static final String PEOPLE = "people, through console or CLI";

    public static final Topic<NewData> NEW_DATA =
            topic("seal.new-data", NewData.class, NewData::dataId, "dataId", PEOPLE, SHARED, FOR_EVER);

    public static final Topic<SelfEditsProposed> SELF_EDITS = topic(
            "seal.self-edits",
            SelfEditsProposed.class,
            SelfEditsProposed::rolloutGroupId,
            "rolloutGroupId",
            "self-edit-proposer, and clients with self-edits of their own; checkpoint-gate to have one learnt on a newer head",
            SHARED,
            WORK);

    public static final Topic<AdaptersTrained> UPDATES = topic(
            "seal.updates",
            AdaptersTrained.class,
            trained -> trained.proposal().rolloutGroupId(),
            "rolloutGroupId",
            "update-worker",
            SHARED,
            WORK);

    public static final Topic<RepeatsWanted> REPEATS = topic(
            "seal.repeats",
            RepeatsWanted.class,
            repeats -> repeats.trained().proposal().rolloutGroupId(),
            "rolloutGroupId",
            "evaluator",
            SHARED,
            WORK);

    public static final Topic<RolloutEnded> OUTCOMES = topic(
            "seal.outcomes",
            RolloutEnded.class,
            RolloutEnded::rolloutGroupId,
            "rolloutGroupId",
            "evaluator, and whoever ends a rollout early",
            SHARED,
            WORK);

    public static final Topic<RewardAssigned> REWARDS = topic(
            "seal.rewards", RewardAssigned.class, RewardAssigned::dataId, "dataId", "reward-emitter", SHARED, LONG);

    public static final Topic<RolloutGroupCompleted> EXPERIENCES = topic(
            "seal.experiences",
            RolloutGroupCompleted.class,
            RolloutGroupCompleted::rolloutGroupId,
            "rolloutGroupId",
            "reward-emitter",
            ORDERED,
            WORK);

    public static final Topic<CandidateProposed> CANDIDATES = topic(
            "seal.candidates",
            CandidateProposed.class,
            CandidateProposed::lineage,
            "lineage",
            "policy-trainer, reward-emitter; checkpoint-gate to have one measured again",
            ORDERED,
            LONG);

    public static final Topic<BenchmarkMeasured> BENCHMARKS = topic(
            "seal.benchmarks",
            BenchmarkMeasured.class,
            measured -> measured.candidate().lineage(),
            "lineage",
            "evaluator",
            ORDERED,
            LONG);

    public static final Topic<PersonDecision> APPROVALS =
            topic("seal.approvals", PersonDecision.class, PersonDecision::lineage, "lineage", PEOPLE, ORDERED, LONG);

    /** The log that a model is a fold of: losing a record of it is losing the model. */
    public static final Topic<CheckpointDecision> CHECKPOINTS = topic(
            "seal.checkpoints",
            CheckpointDecision.class,
            CheckpointDecision::lineage,
            "lineage",
            "checkpoint-gate",
            ORDERED,
            FOR_EVER);

    /** Never needed and always quicker: the checkpoint log alone gives every version. */
    public static final Topic<SnapshotTaken> SNAPSHOTS = topic(
            "seal.snapshots", SnapshotTaken.class, SnapshotTaken::lineage, "lineage", "evaluator", ORDERED, FOR_EVER);

    /** Dead letters wait for a person, so they are kept long; one partition, for nobody works on them in parallel. */
    static final Duration DEAD_LETTER_RETENTION = LONG;

    static final int DEAD_LETTER_PARTITIONS = 1;

    /** A record as large as the topic took, and the headers that say why it is here. */
    static final int DEAD_LETTER_BYTES_MAX = MESSAGE_BYTES_MAX + 64 * 1024;

    private static final List<Topic<?>> ALL = List.of(
            NEW_DATA,
            SELF_EDITS,
            UPDATES,
            REPEATS,
            OUTCOMES,
            REWARDS,
            EXPERIENCES,
            CANDIDATES,
            BENCHMARKS,
            APPROVALS,
            CHECKPOINTS,
            SNAPSHOTS);

    private Topics() {}

    /** Every topic, in the order of the loop. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    private static <E> Topic<E> topic(
            String name,
            Class<E> eventType,
            Function<E, String> key,
            String keyName,
            String writers,
            int partitions,
            Duration retention) {
        return new Topic<>(name, eventType, key, keyName, writers, partitions, retention, MESSAGE_BYTES_MAX);
    }
}
