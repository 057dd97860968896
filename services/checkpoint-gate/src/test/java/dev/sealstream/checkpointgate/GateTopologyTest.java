package dev.sealstream.checkpointgate;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.Approval;
import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.CheckpointDecision.Held;
import dev.sealstream.domain.CheckpointDecision.Rejected;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.CheckpointDecision.RolledBack;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.KnowledgeChange;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.RollbackOrdered;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import static dev.sealstream.checkpointgate.Measured.BASE_HASH;
import static dev.sealstream.checkpointgate.Measured.better;
import static dev.sealstream.checkpointgate.Measured.candidate;
import static dev.sealstream.checkpointgate.Measured.lesson;
import static dev.sealstream.checkpointgate.Measured.measured;
import static dev.sealstream.checkpointgate.Measured.scores;
import static dev.sealstream.checkpointgate.Measured.taught;
import static org.assertj.core.api.Assertions.assertThat;

class GateTopologyTest {
    private final EventCodec codec = EventCodec.withoutRegistry();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        start(ApprovalPolicy.NEVER);
    }

    private void start(ApprovalPolicy approval) {
        stop();
        var rules = Measured.rules(approval, Optional.empty());
        var topology = GateTopology.build(codec, rules, Optional.empty(), GateListener.NONE);
        driver = new TopologyTestDriver(topology, new Properties());
    }

    @AfterEach
    void stop() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void betterCandidateIsReleased() {
        // When
        measure(better("c1"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Released.class, released -> {
            assertThat(released.version()).isEqualTo(1);
            assertThat(released.parentVersion()).isZero();
            assertThat(released.weightsHash())
                    .isEqualTo(better("c1").candidate().weightsHashOn(BASE_HASH));
            assertThat(released.evidence().gain().mean()).isPositive();
        });
    }

    @Test
    void nextCandidateIsReleasedOnTheNewHead() {
        // Given
        String head = released("c1").weightsHash();

        // When
        measure(better(candidate("c2", "main", 1, head), 1, head));

        // Then
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Released.class, released -> assertThat(
                        released.version())
                .isEqualTo(2));
    }

    @Test
    void candidateMeasuredOnAnOldHeadIsMeasuredAgain() {
        // Given
        released("c1");

        // When
        measure(better("c2"));

        // Then
        assertThat(decisions()).isEmpty();
        assertThat(events(Topics.CANDIDATES)).containsExactly(better("c2").candidate());
    }

    @Test
    void candidateTrainedOnAnOldHeadIsReleasedIfItAddsUpWithTheNewOne() {
        // Given
        String head = released("c1").weightsHash();

        // When
        measure(better(candidate("c2", "main", 0, BASE_HASH), 1, head));

        // Then
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Released.class, released -> {
            assertThat(released.parentVersion()).isEqualTo(1);
            assertThat(released.parentWeightsHash()).isEqualTo(head);
        });
    }

    @Test
    void lessonThatDoesNotAddUpWithAMovedHeadIsLearntAgainOnIt() {
        // Given
        String head = released("c1").weightsHash();

        // When
        measure(taught(lesson("k1", "d1"), 1, head, 0.1, 0.1));

        // Then
        assertThat(rejection()).contains("it is learnt again on the head, which moved from version 0 to 1");
        assertThat(events(Topics.SELF_EDITS)).singleElement().satisfies(group -> {
            assertThat(group.policyVersion()).isEqualTo(1);
            assertThat(group.weightsHash()).isEqualTo(head);
            assertThat(group.rolloutGroupId()).startsWith("d1@1/again-");
            assertThat(group.selfEdits()).singleElement().satisfies(edit -> assertThat(edit.trainingSequences())
                    .containsExactly("title\nAda made lamps."));
        });
    }

    @Test
    void lessonIsLearntAgainOnlySoOften() {
        // Given
        String head = released("c1").weightsHash();
        measure(taught(lesson("k1", "d1"), 1, head, 0.1, 0.1));
        decisions();
        events(Topics.SELF_EDITS);

        // When
        measure(taught(lesson("k2", "d1"), 1, head, 0.1, 0.1));

        // Then
        assertThat(rejection()).contains("it was trained on version 0, the head is version 1");
        assertThat(events(Topics.SELF_EDITS)).isEmpty();
    }

    @Test
    void lessonThatFailsOnTheHeadItWasTrainedOnHasFailed() {
        // When
        measure(taught(lesson("k1", "d1"), 0, BASE_HASH, 0.1, 0.1));

        // Then
        assertThat(rejection())
                .isEqualTo("accuracy on its own datum goes from 0.100 to 0.100, needed: a gain of 0.100 or more");
        assertThat(events(Topics.SELF_EDITS)).isEmpty();
    }

    @Test
    void lessonThatSticksIsReleased() {
        // When
        measure(taught(lesson("k1", "d1"), 0, BASE_HASH, 0.1, 0.8));

        // Then
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Released.class, released -> assertThat(
                        released.evidence().knowledge())
                .containsExactly(new KnowledgeChange("d1", false, 0.1, 0.8)));
    }

    @Test
    void headOfTheSameNumberOnOtherWeightsIsNoMeasurement() {
        // Given
        released("c1");

        // When
        String other = Sha256.hex("other");
        measure(better(candidate("c2", "main", 1, other), 1, other));

        // Then
        assertThat(decisions()).isEmpty();
        assertThat(records(Topics.BENCHMARKS.deadLetters())).singleElement().satisfies(letter -> assertThat(
                        header(letter, DeadLetter.REASON))
                .contains("the evaluator must hold the base model"));
    }

    @Test
    void firstCandidateOfALineageMustHaveBeenTrainedOnItsBaseModel() {
        // Given: held, it would be released later on the weights it names
        start(ApprovalPolicy.ALWAYS);

        // When
        measure(better(candidate("c1", "main", 0, Sha256.hex("other")), 0, BASE_HASH));

        // Then
        assertThat(decisions()).isEmpty();
        assertThat(records(Topics.BENCHMARKS.deadLetters())).singleElement().satisfies(letter -> assertThat(
                        header(letter, DeadLetter.REASON))
                .contains("has only its base model"));
    }

    @Test
    void lineagesHaveHeadsOfTheirOwn() {
        // Given
        measure(better("c1"));

        // When
        measure(better(candidate("c2", "side", 0, BASE_HASH), 0, BASE_HASH));

        // Then
        assertThat(decisions()).hasSize(2).allMatch(Released.class::isInstance);
    }

    @Test
    void candidateWithoutGainIsRejected() {
        // When
        measure(measured(candidate("c1", "main", 0, BASE_HASH), 0, BASE_HASH, same(), same()));

        // Then
        assertThat(rejection()).contains("gain on the benchmark is +0.000");
    }

    @Test
    void candidateThatForgotIsRejected() {
        // When
        var forgot = scores(0.1, 0.3, 0.9, 0.01);
        measure(measured(candidate("c1", "main", 0, BASE_HASH), 0, BASE_HASH, same(), forgot));

        // Then
        assertThat(rejection()).contains("closed-book accuracy fell by 0.100");
    }

    @Test
    void failedMeasurementIsRejectedWithoutFigures() {
        // When
        measure(BenchmarkMeasured.failed(candidate("c1", "main", 0, BASE_HASH), 0, "not finite"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo("could not be measured: not finite");
            assertThat(rejected.evidence()).isNull();
        });
    }

    @Test
    void repeatedMeasurementIsNotDecidedAgain() {
        // Given
        released("c1");
        var worse = measured(
                candidate("c2", "main", 1, BASE_HASH),
                1,
                better("c1").candidate().weightsHashOn(BASE_HASH),
                same(),
                same());
        measure(worse);
        decisions();

        // When
        measure(better("c1"), worse);

        // Then
        assertThat(decisions()).isEmpty();
        assertThat(events(Topics.CANDIDATES)).isEmpty();
    }

    @Test
    void alarmRejectsWhereNobodyIsAsked() {
        // When
        measure(wild("c1"));

        // Then
        assertThat(rejection()).isEqualTo("weight change has norm 50.0, allowed: at most 10.0");
    }

    @Test
    void alarmHoldsTheCandidateUntilAPersonAgrees() {
        // Given
        start(ApprovalPolicy.ON_ALARM);
        measure(wild("c1"));
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Held.class, held -> assertThat(held.alarms())
                .extracting(Alarm::guard)
                .containsExactly(Alarm.Guard.WEIGHT_ANOMALY));

        // When
        say(new ApprovalGiven("c1", "main", "Ada", true, "large but fine"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Released.class, released -> {
            assertThat(released.approval()).isEqualTo(new Approval("Ada", "large but fine"));
            assertThat(released.reason())
                    .contains("agreed by Ada")
                    .contains("in spite of: weight change has norm 50.0");
        });
    }

    @Test
    void candidateWithoutAlarmNeedsNobody() {
        // Given
        start(ApprovalPolicy.ON_ALARM);

        // When
        measure(better("c1"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOf(Released.class);
    }

    @Test
    void candidateIsHeldUntilAPersonAgrees() {
        // Given
        start(ApprovalPolicy.ALWAYS);
        measure(better("c1"), better("c1"));
        assertThat(decisions()).singleElement().isInstanceOf(Held.class);

        // When
        say(new ApprovalGiven("c1", "main", "Ada", true, "looks right"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOf(Released.class);
    }

    @Test
    void candidateIsRejectedWhenAPersonRefuses() {
        // Given
        start(ApprovalPolicy.ALWAYS);
        measure(better("c1"));
        decisions();

        // When
        say(new ApprovalGiven("c1", "main", "Ada", false, "too soon"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo("refused by Ada: too soon");
            assertThat(rejected.refusal()).isEqualTo(new Approval("Ada", "too soon"));
        });
        measure(better("c1"));
        say(new ApprovalGiven("c1", "main", "Ada", true, "after all"));
        assertThat(decisions()).isEmpty();
    }

    @Test
    void wordBeforeTheMeasurementCounts() {
        // Given
        start(ApprovalPolicy.ALWAYS);
        say(new ApprovalGiven("c1", "main", "Ada", true, "go ahead"));
        say(new ApprovalGiven("c2", "main", "Ada", false, "not this one"));

        // When
        measure(better("c2"), better("c1"));

        // Then
        assertThat(decisions()).hasExactlyElementsOfTypes(Rejected.class, Released.class);
    }

    @Test
    void approvalDoesNotOverruleTheRule() {
        // Given
        start(ApprovalPolicy.ALWAYS);
        say(new ApprovalGiven("c1", "main", "Ada", true, "go ahead"));

        // When
        measure(measured(candidate("c1", "main", 0, BASE_HASH), 0, BASE_HASH, same(), same()));

        // Then
        assertThat(rejection()).contains("gain on the benchmark");
    }

    @Test
    void agreedCandidateIsMeasuredAgainIfTheHeadMovedMeanwhile() {
        // Given
        start(ApprovalPolicy.ALWAYS);
        measure(better("c1"), better("c2"));
        say(new ApprovalGiven("c2", "main", "Ada", true, "this one"));
        String head = ((Released) decisions().get(2)).weightsHash();

        // When
        say(new ApprovalGiven("c1", "main", "Ada", true, "this too"));

        // Then
        assertThat(decisions()).isEmpty();
        assertThat(events(Topics.CANDIDATES)).containsExactly(better("c1").candidate());
        measure(better(better("c1").candidate(), 1, head));
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Released.class, released -> assertThat(
                        released.version())
                .isEqualTo(2));
    }

    @Test
    void headMovesBackAndForwardOnOrderAndNumbersAreNotUsedTwice() {
        // Given
        String one = released("c1").weightsHash();

        // When
        say(new RollbackOrdered("main", 0, "Ada", "it forgot"));
        measure(better(candidate("c2", "main", 0, BASE_HASH), 0, BASE_HASH));
        say(new RollbackOrdered("main", 1, "Ada", "better after all"));

        // Then
        var decisions = decisions();
        assertThat(decisions.get(0)).isEqualTo(new RolledBack("main", 0, BASE_HASH, "Ada", "it forgot"));
        assertThat(decisions.get(1)).isInstanceOfSatisfying(Released.class, released -> {
            assertThat(released.version()).isEqualTo(2);
            assertThat(released.parentVersion()).isZero();
        });
        assertThat(decisions.get(2)).isEqualTo(new RolledBack("main", 1, one, "Ada", "better after all"));
    }

    @Test
    void orderForAVersionThatNeverWasGoesToTheDeadLetters() {
        // Given
        released("c1");

        // When
        say(new RollbackOrdered("main", 7, "Ada", "typing error"));
        say(new RollbackOrdered("nowhere", 0, "Ada", "typing error"));

        // Then
        assertThat(decisions()).isEmpty();
        assertThat(records(Topics.APPROVALS.deadLetters()))
                .extracting(letter -> header(letter, DeadLetter.REASON))
                .satisfiesExactly(first -> assertThat(first).contains("no version 7"), second -> assertThat(second)
                        .contains("lineage nowhere has no release"));
    }

    @Test
    void malformedRecordsGoToTheDeadLettersOfTheirTopic() {
        // When
        pipe(Topics.BENCHMARKS.name(), new byte[] {1, 2, 3});
        pipe(Topics.APPROVALS.name(), null);
        measure(better("c1"));

        // Then
        assertThat(records(Topics.BENCHMARKS.deadLetters())).singleElement().satisfies(letter -> {
            assertThat(letter.value()).containsExactly(1, 2, 3);
            assertThat(header(letter, DeadLetter.STAGE)).isEqualTo("checkpoint-gate");
        });
        assertThat(records(Topics.APPROVALS.deadLetters())).singleElement().satisfies(letter -> assertThat(
                        header(letter, DeadLetter.REASON))
                .contains("no value"));
        assertThat(decisions()).hasSize(1);
    }

    @Test
    void measurementWhosePartsDoNotPairGoesToTheDeadLetters() {
        // Given
        var unpaired = List.of(new DocumentScore("elsewhere", 0.2, 0.3, 0.9));

        // When
        measure(measured(candidate("c1", "main", 0, BASE_HASH), 0, BASE_HASH, same(), unpaired));

        // Then
        assertThat(records(Topics.BENCHMARKS.deadLetters())).singleElement().satisfies(letter -> assertThat(
                        header(letter, DeadLetter.REASON))
                .contains("elsewhere"));
        measure(better("c1"));
        assertThat(decisions()).hasSize(1);
    }

    private static List<DocumentScore> same() {
        return scores(0.2, 0.3, 0.4, 0.01);
    }

    private void measure(BenchmarkMeasured... measured) {
        for (var each : measured) {
            pipe(Topics.BENCHMARKS.name(), codec.encode(Topics.BENCHMARKS, each));
        }
    }

    /** A good candidate whose weight change is far too large. */
    private static BenchmarkMeasured wild(String id) {
        return Measured.sized(
                candidate(id, "main", 0, BASE_HASH), 0, BASE_HASH, same(), scores(0.2, 0.3, 0.6, 0.02), 50);
    }

    private Released released(String id) {
        measure(better(id));
        return (Released) decisions().get(0);
    }

    private void say(PersonDecision decision) {
        pipe(Topics.APPROVALS.name(), codec.encode(Topics.APPROVALS, decision));
    }

    private void pipe(String topic, byte[] value) {
        byte[] key = "main".getBytes(StandardCharsets.UTF_8);
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value));
    }

    private List<CheckpointDecision> decisions() {
        return events(Topics.CHECKPOINTS);
    }

    private <E> List<E> events(Topic<E> topic) {
        return records(topic.name()).stream()
                .map(record -> codec.decode(topic, record.value()))
                .toList();
    }

    private String rejection() {
        var decisions = decisions();
        assertThat(decisions).singleElement().isInstanceOf(Rejected.class);
        return ((Rejected) decisions.get(0)).reason();
    }

    private List<TestRecord<byte[], byte[]>> records(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
