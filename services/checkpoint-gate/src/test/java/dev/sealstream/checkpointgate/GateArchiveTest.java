package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ApprovalGiven;
import dev.sealstream.domain.ArchiveSearch;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.CheckpointDecision.Archived;
import dev.sealstream.domain.CheckpointDecision.Held;
import dev.sealstream.domain.CheckpointDecision.ParentChosen;
import dev.sealstream.domain.CheckpointDecision.Rejected;
import dev.sealstream.domain.CheckpointDecision.Released;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Measurement;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static dev.sealstream.checkpointgate.Measured.BASE_HASH;
import static dev.sealstream.checkpointgate.Measured.better;
import static dev.sealstream.checkpointgate.Measured.candidate;
import static dev.sealstream.checkpointgate.Measured.lesson;
import static dev.sealstream.checkpointgate.Measured.measured;
import static dev.sealstream.checkpointgate.Measured.scores;
import static dev.sealstream.checkpointgate.Measured.sized;
import static dev.sealstream.checkpointgate.Measured.taught;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The gate where an archive search is on. */
class GateArchiveTest {
    private static final Optional<ArchiveSearch> SEARCH = Optional.of(new ArchiveSearch(10, 0.5, 1));

    private final Remembered memory = new Remembered();
    private Gate gate = gate(ApprovalPolicy.NEVER);

    private Gate gate(ApprovalPolicy approval) {
        return new Gate(Measured.rules(approval, SEARCH), memory, GateListener.NONE);
    }

    @Test
    void policyThatIsNoGainStaysAsAVersionThatDoesNotServe() {
        // When
        var decisions = decided(noGain("c1"));

        // Then
        assertThat(decisions).hasSize(2);
        assertThat(decisions.get(0)).isInstanceOfSatisfying(Archived.class, archived -> {
            assertThat(archived.version()).isEqualTo(1);
            assertThat(archived.parentVersion()).isZero();
            assertThat(archived.reason()).contains("gain on the benchmark is +0.000");
        });
        assertThat(decisions.get(1)).isInstanceOf(ParentChosen.class);
    }

    @Test
    void releaseLetsTheSearchGoOnToo() {
        assertThat(decided(better("c1"))).hasExactlyElementsOfTypes(Released.class, ParentChosen.class);
    }

    @Test
    void lessonsLetTheSearchWhereItIs() {
        assertThat(decided(taught(lesson("k1", "d1"), 0, BASE_HASH, 0.1, 0.8)))
                .hasExactlyElementsOfTypes(Released.class);
        assertThat(decided(taught(lesson("k2", "d2"), 1, lesson("k1", "d1").weightsHashOn(BASE_HASH), 0.1, 0.1)))
                .hasExactlyElementsOfTypes(Rejected.class);
    }

    @Test
    void whatAGuardObjectsToIsNotKept() {
        // Given
        var wild = sized(candidate("c1", "main", 0, BASE_HASH), 0, BASE_HASH, same(), same(), 500);

        // Then: there is only the base model to go on from
        assertThat(decided(wild)).hasExactlyElementsOfTypes(Rejected.class);
    }

    @Test
    void longBranchIsJudgedByItsOwnVersions() {
        // Given: as many versions in a row as the guard against collapse looks back on
        String hash = BASE_HASH;
        for (int version = 0; version < 4; version++) {
            var next = candidate("c" + version, "main", version, hash);

            // When
            var decisions = decided(branch(next, 0, BASE_HASH, version, hash, same()));

            // Then
            assertThat(decisions.get(0)).isInstanceOf(Archived.class);
            hash = next.weightsHashOn(hash);
        }
    }

    @Test
    void branchIsReleasedOnItsOwnParent() {
        // Given: version 1 serves; version 2, of the base as well, does not
        String one = better("c1").candidate().weightsHashOn(BASE_HASH);
        gate.onMeasurement(better("c1"));
        var second = candidate("c2", "main", 0, BASE_HASH);
        String two = second.weightsHashOn(BASE_HASH);
        var archived = decided(branch(second, 1, one, 0, BASE_HASH, same()));
        assertThat(archived.get(0)).isInstanceOf(Archived.class);

        // When
        var third = candidate("c3", "main", 2, two);
        var decisions = decided(branch(third, 1, one, 2, two, scores(0.2, 0.3, 0.6, 0.02)));

        // Then
        assertThat(decisions.get(0)).isInstanceOfSatisfying(Released.class, released -> {
            assertThat(released.version()).isEqualTo(3);
            assertThat(released.parentVersion()).isEqualTo(2);
            assertThat(released.parentWeightsHash()).isEqualTo(two);
        });
    }

    @Test
    void heldBranchIsReleasedOnItsOwnParentToo() {
        // Given
        gate.onMeasurement(noGain("c1"));
        String one = noGain("c1").candidate().weightsHashOn(BASE_HASH);
        gate = gate(ApprovalPolicy.ALWAYS);
        var second = candidate("c2", "main", 1, one);
        assertThat(decided(branch(second, 0, BASE_HASH, 1, one, scores(0.2, 0.3, 0.6, 0.02))))
                .hasExactlyElementsOfTypes(Held.class);

        // When
        var decisions = gate.onPerson(new ApprovalGiven("c2", "main", "Ada", true, "looks good"))
                .decisions();

        // Then
        assertThat(decisions.get(0))
                .isInstanceOfSatisfying(Released.class, released -> assertThat(released.parentVersion())
                        .isEqualTo(1));
    }

    @Test
    void measurementOnAVersionThatIsNeitherHeadNorParentIsRefused() {
        // Given
        gate.onMeasurement(better("c1"));
        String one = better("c1").candidate().weightsHashOn(BASE_HASH);
        var second = candidate("c2", "main", 0, BASE_HASH);

        // Then
        assertThatThrownBy(() -> decided(branch(second, 1, one, 7, one, same())))
                .hasMessageContaining("was measured on version 7; allowed: the head 1 or the candidate's own parent 0");
    }

    @Test
    void restartedGateHasTheSameTreeAndGoesOnFromTheSameVersion() {
        // Given
        gate.onMeasurement(noGain("c1"));
        var another = new Remembered();
        another.decisions.addAll(memory.decisions);

        // When: one gate goes on, another starts from the same log
        gate = gate(ApprovalPolicy.NEVER);
        String one = noGain("c1").candidate().weightsHashOn(BASE_HASH);
        var second = branch(candidate("c2", "main", 1, one), 0, BASE_HASH, 1, one, same());

        // Then
        var decisions = decided(second);
        assertThat(decisions.get(0)).isInstanceOfSatisfying(Archived.class, archived -> assertThat(archived.version())
                .isEqualTo(2));
        var again = new Gate(Measured.rules(ApprovalPolicy.NEVER, SEARCH), another, GateListener.NONE);
        assertThat(again.onMeasurement(second).decisions()).isEqualTo(decisions);
    }

    private List<CheckpointDecision> decided(BenchmarkMeasured measured) {
        return gate.onMeasurement(measured).decisions();
    }

    private static BenchmarkMeasured noGain(String id) {
        return measured(candidate(id, "main", 0, BASE_HASH), 0, BASE_HASH, same(), same());
    }

    /** Compared with the head, but standing on another version. */
    private static BenchmarkMeasured branch(
            CandidateProposed candidate,
            long headVersion,
            String headHash,
            long onVersion,
            String onHash,
            List<DocumentScore> subject) {
        var onHead = measured(candidate, headVersion, headHash, same(), subject);
        return new BenchmarkMeasured(
                candidate,
                headVersion,
                onVersion,
                null,
                onHead.parent(),
                new Measurement(candidate.weightsHashOn(onHash), subject),
                onHead.size(),
                onHead.divergence(),
                List.of(),
                null);
    }

    private static List<DocumentScore> same() {
        return scores(0.2, 0.3, 0.4, 0.01);
    }

    /** A gate's memory without a broker. */
    private static final class Remembered implements GateMemory {
        private final List<CheckpointDecision> decisions = new ArrayList<>();
        private final Map<String, ApprovalGiven> words = new HashMap<>();

        @Override
        public List<CheckpointDecision> decisions() {
            return List.copyOf(decisions);
        }

        @Override
        public void add(CheckpointDecision decision) {
            decisions.add(decision);
        }

        @Override
        public Optional<ApprovalGiven> word(String candidateId) {
            return Optional.ofNullable(words.get(candidateId));
        }

        @Override
        public void keepWord(ApprovalGiven given) {
            words.put(given.candidateId(), given);
        }

        @Override
        public void forgetWord(String candidateId) {
            words.remove(candidateId);
        }
    }
}
