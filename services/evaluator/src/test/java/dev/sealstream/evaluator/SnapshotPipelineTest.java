package dev.sealstream.evaluator;

import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.Precision;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.SnapshotFiles;
import dev.sealstream.policymodel.Snapshots;
import dev.sealstream.tinyworld.TinyModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Snapshots written after releases, and what a model holder makes of them. */
class SnapshotPipelineTest {
    private static final int EVERY = 2;

    @TempDir
    Path directory;

    private DirectoryArtifactStore store;
    private GrowingLineage log;
    private ModelHost writing;
    private SnapshotPipeline pipeline;

    @BeforeEach
    void loadTheTinyModel() {
        store = new DirectoryArtifactStore(directory.resolve("artifacts"));
        var base = load("writing", Precision.FLOAT32);
        log = new GrowingLineage(base, store);
        writing = host(base, "snapshots of the writer");
        pipeline = new SnapshotPipeline(writing.snapshotWriter(EVERY));
    }

    @AfterEach
    void close() {
        writing.close();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void versionFromASnapshotHasToTheBitTheWeightsOfItsWholeChain(Precision precision) throws IOException {
        // Given a chain of five with snapshots of the second and the fourth version
        grow(5);
        assertThat(log.snapshots().values()).extracting(SnapshotTaken::version).containsExactlyInAnyOrder(2L, 4L);
        String fromTheBase;
        try (var plain = new ModelHost(load("plain", precision), name -> log.lineage(), store)) {
            fromTheBase = weights(plain);
        }

        // When the disk is empty and what the snapshot covers is gone
        for (long version = 1; version <= 4; version++) {
            Files.delete(stored(log.deltaOf(version)));
        }

        // Then
        try (var fresh = host(load("fresh", precision), "fresh snapshots")) {
            assertThat(weights(fresh)).isEqualTo(fromTheBase);
            assertThat(fresh.head(NewData.MAIN_LINEAGE).weightsHash())
                    .isEqualTo(log.lineage().weightsHash());
        }
    }

    @Test
    void whatIsKeptBesideTheWeightsIsInNoSnapshotAndLoadedAgain() {
        // Given
        take(log.releaseKeptBeside("Kalo"));
        take(log.releaseMerged());
        take(log.releaseKeptBeside("Bread"));

        // When
        try (var fresh = host(load("fresh", Precision.FLOAT32), "fresh snapshots");
                var plain = new ModelHost(load("plain", Precision.FLOAT32), name -> log.lineage(), store)) {
            // Then
            assertThat(log.snapshots().values())
                    .singleElement()
                    .extracting(SnapshotTaken::beside)
                    .isEqualTo(List.of(1L));
            assertThat(weights(fresh)).isEqualTo(weights(plain));
            assertThatThrownBy(() -> fresh.head(NewData.MAIN_LINEAGE).model().save(directory.resolve("saved")))
                    .hasMessageContaining("keeps 2 adapters");
        }
    }

    @Test
    void candidateOnASnapshotIsToTheBitTheReleaseItBecomes() {
        // Given
        grow(3);
        var next = log.releaseMerged();
        log.rollBackTo(3);

        try (var fresh = host(load("fresh", Precision.BFLOAT16), "fresh snapshots")) {
            var head = fresh.head(NewData.MAIN_LINEAGE);
            var delta = next.candidate().delta();

            // When
            try (var candidate = fresh.apply(NewData.MAIN_LINEAGE, head, delta, fresh.adapter(delta))) {
                // Then
                log.rollBackTo(4);
                assertThat(candidate.model().weightsSha256()).isEqualTo(weights(fresh));
                assertThat(candidate.weightsHash()).isEqualTo(next.weightsHash());
            }
        }
    }

    @Test
    void damagedSnapshotIsRefusedAndTheChainAddedUpInstead() throws IOException {
        // Given
        grow(2);
        String sound = weights(writing);
        flipLastByte(stored(weightsFile(2)));

        // When
        try (var fresh = host(load("fresh", Precision.FLOAT32), "fresh snapshots")) {
            // Then
            assertThat(weights(fresh)).isEqualTo(sound);
        }
        assertThat(directory.resolve("fresh snapshots"))
                .isDirectoryNotContaining("glob:**/" + log.lineage().weightsHash() + "/model.safetensors");
    }

    @Test
    void damagedSnapshotAndDamagedDeltaAreRefusedByTheDeltasName() throws IOException {
        // Given
        grow(2);
        flipLastByte(stored(weightsFile(2)));
        flipLastByte(stored(log.deltaOf(1)));

        // When, then
        try (var fresh = host(load("fresh", Precision.FLOAT32), "fresh snapshots")) {
            assertThatThrownBy(() -> fresh.head(NewData.MAIN_LINEAGE))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageContaining(log.deltaOf(1).uri());
        }
    }

    @Test
    void fileThatWasDamagedOnThisMachineIsFetchedAgain() throws IOException {
        // Given
        grow(2);
        String sound;
        try (var first = host(load("first", Precision.FLOAT32), "kept snapshots")) {
            sound = weights(first);
        }
        var kept = directory
                .resolve("kept snapshots")
                .resolve(log.lineage().weightsHash())
                .resolve("model.safetensors");
        flipLastByte(kept);

        // When
        try (var second = host(load("second", Precision.FLOAT32), "kept snapshots")) {
            // Then
            assertThat(weights(second)).isEqualTo(sound);
            assertThat(kept).hasSameBinaryContentAs(stored(weightsFile(2)));
        }
    }

    @Test
    void machineThatCannotKeepASnapshotAddsUpTheChain() throws IOException {
        // Given a file where the directory should be
        grow(2);
        Files.writeString(directory.resolve("no directory"), "");

        // When
        try (var fresh = host(load("fresh", Precision.FLOAT32), "no directory")) {
            // Then
            assertThat(weights(fresh)).isEqualTo(weights(writing));
        }
    }

    @Test
    void machineKeepsTheTwoSnapshotsUsedLast() throws IOException {
        // Given
        grow(6);

        // When
        try (var fresh = host(load("fresh", Precision.FLOAT32), "fresh snapshots")) {
            for (long version : List.of(2, 4, 6)) {
                fresh.version(NewData.MAIN_LINEAGE, version, log.lineage().weightsHash(version));
            }
        }

        // Then
        try (var kept = Files.list(directory.resolve("fresh snapshots"))) {
            assertThat(kept.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(
                            log.lineage().weightsHash(4), log.lineage().weightsHash(6));
        }
    }

    @Test
    void repeatedReleaseGivesTheSameSnapshotAndStoresNothingTwice() throws IOException {
        // Given
        log.releaseMerged();
        var release = log.releaseMerged();
        var taken = process(release).orElseThrow();
        long files = filesInStore();

        // When the event comes again before its result was written, and once more after
        var again = process(release);
        log.announce(taken);
        var afterwards = process(release);

        // Then
        assertThat(again).contains(taken);
        assertThat(afterwards).isEmpty();
        assertThat(filesInStore()).isEqualTo(files);
    }

    @Test
    void failureIsNotAFaultOfTheStageAndTheNextReleaseIsAnotherChance() throws IOException {
        // Given
        take(log.releaseMerged());
        var delta = stored(log.deltaOf(1));
        var sound = Files.readAllBytes(delta);
        flipLastByte(delta);

        // When
        var failed = process(log.releaseMerged());
        Files.write(delta, sound);
        var next = process(log.releaseMerged());

        // Then
        assertThat(failed).isEmpty();
        assertThat(next).map(SnapshotTaken::version).contains(3L);
    }

    @Test
    void nothingIsWrittenOfDeltasThatAreAllKeptBesideNorOfAVersionThatIsNotTheHead() {
        var beside = List.of(process(log.releaseKeptBeside("Kalo")), process(log.releaseKeptBeside("Bread")));
        var late = log.releaseMerged();
        log.rollBackTo(2);

        assertThat(beside).containsOnly(Optional.empty());
        assertThat(process(late)).isEmpty();
        log.rollBackTo(3);
        assertThat(process(late)).map(SnapshotTaken::beside).contains(List.of(1L, 2L));
    }

    @Test
    void otherDecisionsAndNoughtForEveryWriteNothing() {
        log.releaseMerged();
        var release = log.releaseMerged();
        var rolledBack = new CheckpointDecision.RolledBack(
                NewData.MAIN_LINEAGE, 2, log.lineage().weightsHash(2), "Ada", "a test");

        assertThat(process(rolledBack)).isEmpty();
        assertThat(writing.snapshotWriter(0).write(NewData.MAIN_LINEAGE, release.version()))
                .isEmpty();
    }

    @Test
    void snapshotIsAModelDirectoryOfItsOwn() throws IOException {
        // Given
        grow(2);
        var own = Files.createDirectories(directory.resolve("own"));

        // When
        log.snapshots()
                .get(log.lineage().weightsHash())
                .files()
                .forEach((name, file) -> store.fetch(file, own.resolve(name)));

        // Then
        try (var model = LanguageModel.load(own, LoadOptions.cpu())) {
            assertThat(model.weightsSha256()).isEqualTo(weights(writing));
        }
    }

    @Test
    void hostWithoutADirectoryForSnapshotsWritesNone() {
        try (var plain = new ModelHost(load("plain", Precision.FLOAT32), name -> log.lineage(), store)) {
            assertThatThrownBy(() -> plain.snapshotWriter(EVERY)).hasMessageContaining("no directory for snapshots");
        }
        assertThat(Snapshots.NONE.byWeightsHash()).isEmpty();
    }

    private void grow(int releases) {
        for (int i = 0; i < releases; i++) {
            take(log.releaseMerged());
        }
    }

    private void take(CheckpointDecision release) {
        process(release).ifPresent(log::announce);
    }

    private Optional<SnapshotTaken> process(CheckpointDecision decision) {
        var emissions = ((Result.Emit) pipeline.process(decision)).emissions();
        return emissions.to(Topics.SNAPSHOTS).stream().findFirst();
    }

    private ModelHost host(LanguageModel base, String snapshots) {
        var files = new SnapshotFiles(store, directory.resolve(snapshots));
        return new ModelHost(base, name -> log.lineage(), store, () -> log.snapshots(), files);
    }

    private LanguageModel load(String name, Precision precision) {
        return LanguageModel.load(
                TinyModel.unpack(directory.resolve(name)), LoadOptions.cpu().withPrecision(precision));
    }

    private static String weights(ModelHost models) {
        return models.head(NewData.MAIN_LINEAGE).model().weightsSha256();
    }

    private ArtifactReference weightsFile(long version) {
        return log.snapshots().get(log.lineage().weightsHash(version)).files().get("model.safetensors");
    }

    private Path stored(ArtifactReference reference) {
        return directory
                .resolve("artifacts")
                .resolve(reference.sha256().substring(0, 2))
                .resolve(reference.sha256());
    }

    private long filesInStore() throws IOException {
        try (var files = Files.walk(directory.resolve("artifacts"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static void flipLastByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }
}
