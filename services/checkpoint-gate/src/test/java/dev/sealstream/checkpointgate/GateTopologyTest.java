package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.CheckpointDecision.Rejected;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.ReleaseRule;
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
import java.util.Properties;

import static dev.sealstream.checkpointgate.Measured.BASE_HASH;
import static dev.sealstream.checkpointgate.Measured.better;
import static dev.sealstream.checkpointgate.Measured.candidate;
import static dev.sealstream.checkpointgate.Measured.measured;
import static dev.sealstream.checkpointgate.Measured.scores;
import static org.assertj.core.api.Assertions.assertThat;

class GateTopologyTest {
    private static final ReleaseRule RULE = new ReleaseRule(0.05, 1.0, 10.0);

    private final EventCodec codec = EventCodec.withoutRegistry();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        start(Approval.NEVER);
    }

    private void start(Approval approval) {
        stop();
        driver = new TopologyTestDriver(GateTopology.build(codec, RULE, approval, GateListener.NONE), new Properties());
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
            assertThat(released.weightsHash())
                    .isEqualTo(better("c1").candidate().weightsHash());
            assertThat(released.gain().mean()).isPositive();
        });
    }

    @Test
    void nextCandidateIsReleasedOnTheNewHead() {
        // Given
        measure(better("c1"));
        String head = better("c1").candidate().weightsHash();

        // When
        measure(better(candidate("c2", "main", 1, head, 1.0)));

        // Then
        assertThat(decisions()).hasSize(2).last().isInstanceOfSatisfying(Released.class, released -> assertThat(
                        released.version())
                .isEqualTo(2));
    }

    @Test
    void candidateOfTheOldHeadIsRejected() {
        // Given
        measure(better("c1"));
        decisions();

        // When
        measure(better("c2"));

        // Then
        assertThat(rejection()).isEqualTo("trained on version 0, the head is version 1; train it again on the head");
    }

    @Test
    void sameVersionOnOtherWeightsIsRejected() {
        // Given
        measure(better("c1"));
        decisions();

        // When
        measure(better(candidate("c2", "main", 1, Sha256.hex("other"), 1.0)));

        // Then
        assertThat(rejection()).contains("train it again on the head");
    }

    @Test
    void lineagesHaveHeadsOfTheirOwn() {
        // Given
        measure(better("c1"));

        // When
        measure(better(candidate("c2", "side", 0, BASE_HASH, 1.0)));

        // Then
        assertThat(decisions()).hasSize(2).allMatch(Released.class::isInstance);
    }

    @Test
    void candidateWithoutGainIsRejected() {
        // When
        measure(measured(candidate("c1", "main", 0, BASE_HASH, 1.0), same(), same()));

        // Then
        assertThat(rejection()).contains("gain on the benchmark is +0.000");
    }

    @Test
    void candidateThatForgotIsRejected() {
        // When
        measure(measured(candidate("c1", "main", 0, BASE_HASH, 1.0), same(), scores(0.1, 0.3, 0.9, 0.01)));

        // Then
        assertThat(rejection()).contains("closed-book accuracy fell by 0.100");
    }

    @Test
    void candidateThatLearnsLessFromAPassageIsRejected() {
        // When
        measure(measured(candidate("c1", "main", 0, BASE_HASH, 1.0), same(), scores(0.2, 0.2, 0.9, 0.01)));

        // Then
        assertThat(rejection()).contains("training on the passage alone fell by 0.100");
    }

    @Test
    void wildWeightChangeIsRejected() {
        // When
        measure(better(candidate("c1", "main", 0, BASE_HASH, 11.0)));

        // Then
        assertThat(rejection()).contains("norm 11.0");
    }

    @Test
    void failedMeasurementIsRejectedWithoutFigures() {
        // When
        measure(new BenchmarkMeasured(candidate("c1", "main", 0, BASE_HASH, 1.0), null, null, "not finite"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo("could not be measured: not finite");
            assertThat(rejected.gain()).isNull();
        });
    }

    @Test
    void repeatedMeasurementIsNotDecidedAgain() {
        // Given
        measure(better("c1"), measured(candidate("c2", "main", 0, BASE_HASH, 1.0), same(), same()));
        decisions();

        // When
        measure(better("c1"), better("c2"));

        // Then
        assertThat(decisions()).isEmpty();
    }

    @Test
    void candidateIsHeldUntilAPersonAgrees() {
        // Given
        start(Approval.ALWAYS);
        measure(better("c1"));
        assertThat(decisions()).isEmpty();

        // When
        approve(new ApprovalGiven("c1", "main", "Ada", true, "looks right"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOf(Released.class);
    }

    @Test
    void candidateIsRejectedWhenAPersonRefuses() {
        // Given
        start(Approval.ALWAYS);
        measure(better("c1"));

        // When
        approve(new ApprovalGiven("c1", "main", "Ada", false, "too soon"));

        // Then
        assertThat(rejection()).isEqualTo("refused by Ada: too soon");
        measure(better("c1"));
        approve(new ApprovalGiven("c1", "main", "Ada", true, "after all"));
        assertThat(decisions()).isEmpty();
    }

    @Test
    void approvalBeforeTheMeasurementCounts() {
        // Given
        start(Approval.ALWAYS);
        approve(new ApprovalGiven("c1", "main", "Ada", true, "go ahead"));

        // When
        measure(better("c1"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOf(Released.class);
    }

    @Test
    void approvalDoesNotOverruleTheRule() {
        // Given
        start(Approval.ALWAYS);
        approve(new ApprovalGiven("c1", "main", "Ada", true, "go ahead"));

        // When
        measure(measured(candidate("c1", "main", 0, BASE_HASH, 1.0), same(), same()));

        // Then
        assertThat(rejection()).contains("gain on the benchmark");
    }

    @Test
    void headMayHaveMovedWhileACandidateWasHeld() {
        // Given
        start(Approval.ALWAYS);
        measure(better("c1"), better("c2"));
        approve(new ApprovalGiven("c2", "main", "Ada", true, "this one"));
        decisions();

        // When
        approve(new ApprovalGiven("c1", "main", "Ada", true, "this too"));

        // Then
        assertThat(rejection()).contains("the head is version 1");
    }

    @Test
    void nobodyIsAskedWhenApprovalIsNever() {
        // Given
        approve(new ApprovalGiven("c1", "main", "Ada", false, "no"));

        // When
        measure(better("c1"));

        // Then
        assertThat(decisions()).singleElement().isInstanceOf(Released.class);
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
        measure(measured(candidate("c1", "main", 0, BASE_HASH, 1.0), same(), unpaired));

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

    private void approve(ApprovalGiven approval) {
        pipe(Topics.APPROVALS.name(), codec.encode(Topics.APPROVALS, approval));
    }

    private void pipe(String topic, byte[] value) {
        byte[] key = "main".getBytes(StandardCharsets.UTF_8);
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value));
    }

    private List<CheckpointDecision> decisions() {
        Topic<CheckpointDecision> topic = Topics.CHECKPOINTS;
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
