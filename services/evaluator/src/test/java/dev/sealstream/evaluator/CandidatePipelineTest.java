package dev.sealstream.evaluator;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AnswerPair;
import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Evidence;
import dev.sealstream.domain.KnowledgeChange;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.ReleaseRule;
import dev.sealstream.domain.WeightGuard;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.LoraFactors;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.Benchmark;
import dev.sealstream.policymodel.ClosedBookExam;
import dev.sealstream.policymodel.Divergence;
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.policymodel.InnerLoopSettings;
import dev.sealstream.policymodel.LabelFreeQuestions;
import dev.sealstream.policymodel.LabelFreeSettings;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.PromptForm;
import dev.sealstream.policymodel.SamplingSettings;
import dev.sealstream.policymodel.SelfEditSampler;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class CandidatePipelineTest {
    private static final InnerLoop INNER_LOOP = new InnerLoop(new InnerLoopSettings(
            new LoraSettings(16, 32, LoraSettings.ALL_LINEAR),
            new TrainingSettings(6, 0, 0.01, LearningRateDecay.NONE, 0.9, 0.99, 0.0, LossMean.TOKENS),
            1));
    private static final SelfEditSampler SAMPLER = new SelfEditSampler(new SamplingSettings(1, 1.0, 0.95, 120));
    private static final ReleaseRule RULE = new ReleaseRule(0.05, 1.0, 0.1, 0.05, 0.9);
    private static final List<TinyWorldDocument> TO_LEARN = TinyWorldDocuments.training(4, 3);

    @TempDir
    private Path directory;

    private final List<NewData> sent = new ArrayList<>();
    private Lineage lineage;
    private LanguageModel base;
    private ModelHost models;
    private AdapterArtifacts artifacts;
    private CandidatePipeline pipeline;

    @BeforeEach
    void loadTheTinyModel() {
        base = LanguageModel.load(TinyModel.unpack(directory), LoadOptions.cpu());
        lineage = Lineage.base(NewData.MAIN_LINEAGE, base.weightsSha256());
        var store = new DirectoryArtifactStore(directory.resolve("artifacts"));
        models = new ModelHost(base, name -> lineage, store);
        artifacts = new AdapterArtifacts(store, "tiny");
        TinyWorldDocuments.benchmark(4, 3).forEach(document -> sent.add(document.newData()));
        TO_LEARN.forEach(document -> sent.add(adapt(document)));
        pipeline = pipeline(labelFree(120));
    }

    private static LabelFreeQuestions labelFree(int questionTokensMax) {
        return new LabelFreeQuestions(
                new LabelFreeSettings(16, 12, 8, 0.75),
                new SamplingSettings(1, 1.0, 0.95, questionTokensMax),
                16,
                PromptForm.BASE);
    }

    private CandidatePipeline pipeline(LabelFreeQuestions labelFree) {
        var exam = new ClosedBookExam(16);
        return new CandidatePipeline(
                models,
                new SentData(() -> List.copyOf(sent), SAMPLER, datum -> labelFree.about(models.base(), datum)),
                new Benchmark(SAMPLER, INNER_LOOP, exam, 1),
                2,
                new StagedBenchmark(2, 1.0),
                new KnowledgeExam(exam, 4, 3),
                new Divergence(PromptForm.BASE));
    }

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void candidateThatChangesNothingMeasuresLikeTheHead() {
        // When
        var measured = measure(policy(put(scaled(taught(TO_LEARN.get(0)), 0))));

        // Then
        assertThat(measured.failure()).isNull();
        assertThat(measured.subject().documents())
                .hasSize(3)
                .isEqualTo(measured.parent().documents());
        assertThat(measured.parent().passageOnly().mean())
                .isGreaterThan(measured.parent().nothing().mean());
        assertThat(measured.size().frobeniusNorm()).isZero();
        assertThat(measured.divergence()).isZero();
    }

    @Test
    void lessonIsMeasuredOnItsOwnDatumAndOnWhatTheHeadHasLearnt() {
        // Given
        release(TO_LEARN.get(0));

        // When
        var measured = measure(lesson(TO_LEARN.get(1), taught(TO_LEARN.get(1))));

        // Then
        assertThat(measured.headVersion()).isEqualTo(1);
        assertThat(measured.parent().weightsHash()).isEqualTo(lineage.weightsHash());
        assertThat(measured.parent().documents()).hasSize(2);
        assertThat(measured.datum()).isEqualTo(adapt(TO_LEARN.get(1)));
        assertThat(measured.knowledge())
                .extracting(KnowledgeChange::dataId, KnowledgeChange::earlier)
                .containsExactly(
                        tuple(TO_LEARN.get(1).id(), false),
                        tuple(TO_LEARN.get(0).id(), true));
        var own = measured.knowledge().get(0);
        assertThat(own.after()).isGreaterThan(own.before());
        assertThat(measured.answers()).hasSize(3).allMatch(answer -> answer.dataId()
                .equals(TO_LEARN.get(1).id()));
        assertThat(measured.divergence()).isPositive();
    }

    @Test
    void branchOfTheArchiveIsMeasuredOnItsOwnParentBesideTheHead() {
        // Given: version 1 does not serve, and the search goes on from it
        var archived = archive(put(trained(TO_LEARN.get(0), TO_LEARN.get(0).idealEdit())));
        lineage = lineage.after(new CheckpointDecision.ParentChosen(lineage.name(), 1, archived.weightsHash(), 0.5));
        var nothing = put(scaled(taught(TO_LEARN.get(1)), 0));

        // When
        var measured = measure(policyOn(1, archived.weightsHash(), nothing));

        // Then
        assertThat(measured.headVersion()).isZero();
        assertThat(measured.onVersion()).isEqualTo(1);
        assertThat(measured.parent().weightsHash()).isEqualTo(base.weightsSha256());
        assertThat(measured.subject().weightsHash())
                .isEqualTo(measured.candidate().weightsHashOn(archived.weightsHash()));
        assertThat(measured.divergence()).as("from what the delta was added to").isZero();
    }

    @Test
    void candidateOfTheSearchThatShowsNothingEarlyMeetsNoFurtherDocuments() {
        // Given
        var archived = archive(put(taught(TO_LEARN.get(0))));
        lineage = lineage.after(new CheckpointDecision.ParentChosen(lineage.name(), 0, base.weightsSha256(), 0.5));

        // When: it is the head over again, so the gain is nothing, surely
        var measured = measure(policy(put(scaled(taught(TO_LEARN.get(1)), 0))));

        // Then
        assertThat(archived.version()).isEqualTo(1);
        assertThat(measured.onVersion()).isZero();
        assertThat(measured.subject().documents()).hasSize(2);
    }

    @Test
    void measuringTwiceGivesTheSame() {
        var candidate = lesson(TO_LEARN.get(0), taught(TO_LEARN.get(0)));

        assertThat(measure(candidate)).isEqualTo(measure(candidate));
    }

    @Test
    void deltaThatIsNotFiniteCannotBeMeasured() {
        var measured = measure(policy(put(scaled(taught(TO_LEARN.get(0)), Float.NaN))));

        assertThat(measured.failure()).contains("NaN or infinite values");
    }

    @Test
    void deltaScaledByFiftyIsSeenWhateverTheCandidateSaysOfItself() {
        // When
        var measured = measure(lesson(TO_LEARN.get(0), scaled(taught(TO_LEARN.get(0)), 50)));

        // Then
        assertThat(measured.candidate().frobeniusNorm()).isEqualTo(1.0);
        var alarms = new WeightGuard(100, 6, 8, 2).alarms(Evidence.of(measured), List.of());
        assertThat(alarms).isNotEmpty();
        assertThat(RULE.judge(measured, Map.of()).passed()).isFalse();
    }

    @Test
    void deltaThatTeachesWrongFactsFailsOnThePeoplesQuestions() {
        // Given: the values of another document under this one's title
        var wrong = TO_LEARN.get(1).idealEdit().stream()
                .map(line ->
                        line.replace(TO_LEARN.get(1).title(), TO_LEARN.get(0).title()))
                .toList();

        // When
        var measured = measure(lesson(TO_LEARN.get(0), trained(TO_LEARN.get(0), wrong)));

        // Then
        var judgement = RULE.judge(measured, Map.of());
        assertThat(judgement.passed()).as(judgement.reason()).isFalse();
    }

    @Test
    void datumSentWithoutQuestionsIsMeasuredOnWhatTheBaseModelAsks() {
        // Given
        var datum = sendWithoutQuestions(TO_LEARN.get(0));
        var candidate = lesson(TO_LEARN.get(0), taught(TO_LEARN.get(0)));

        // When
        var measured = measure(candidate);

        // Then: the same questions for whoever asks the same model, all marked
        assertThat(measured.datum())
                .isEqualTo(datum.withQuestions(labelFree(120).about(base, datum)));
        assertThat(measured.datum().labelFree()).isTrue();
        assertThat(measured.answers()).isNotEmpty().allMatch(AnswerPair::labelFree);
        var own = measured.knowledge().get(0);
        assertThat(own.labelFree()).isTrue();
        assertThat(own.after()).isGreaterThan(own.before());
    }

    @Test
    void wrongFactsAboutADatumWithoutQuestionsFailOnTheBaseModelsQuestions() {
        // Given
        sendWithoutQuestions(TO_LEARN.get(0));
        var wrong = TO_LEARN.get(1).idealEdit().stream()
                .map(line ->
                        line.replace(TO_LEARN.get(1).title(), TO_LEARN.get(0).title()))
                .toList();

        // When
        var measured = measure(lesson(TO_LEARN.get(0), trained(TO_LEARN.get(0), wrong)));

        // Then
        var judgement = RULE.judge(measured, Map.of());
        assertThat(judgement.passed()).as(judgement.reason()).isFalse();
    }

    @Test
    void whatWasLearntWithoutQuestionsIsAskedOfLaterCandidates() {
        // Given
        sendWithoutQuestions(TO_LEARN.get(0));
        release(TO_LEARN.get(0));

        // When
        var measured = measure(lesson(TO_LEARN.get(1), taught(TO_LEARN.get(1))));

        // Then
        assertThat(measured.knowledge())
                .extracting(KnowledgeChange::dataId, KnowledgeChange::earlier, KnowledgeChange::labelFree)
                .containsExactly(
                        tuple(TO_LEARN.get(1).id(), false, false),
                        tuple(TO_LEARN.get(0).id(), true, true));
    }

    @Test
    void datumThatNobodyCanAskAboutCannotBeMeasured() {
        // Given: a single token makes no question
        sendWithoutQuestions(TO_LEARN.get(0));
        pipeline = pipeline(labelFree(1));

        // When
        var measured = measure(lesson(TO_LEARN.get(0), taught(TO_LEARN.get(0))));

        // Then
        assertThat(measured.failure()).contains("came without questions").contains("send the datum again");
    }

    private NewData sendWithoutQuestions(TinyWorldDocument document) {
        var datum = adapt(document).withQuestions(List.of());
        sent.removeIf(earlier -> earlier.dataId().equals(datum.dataId()));
        sent.add(datum);
        return datum;
    }

    @Test
    void whatNobodyAskedForCannotBeLearnt() {
        // Given
        var unasked = TinyWorldDocuments.training(9, 1).get(0);

        // When
        var measured = measure(lesson(unasked, taught(unasked)));

        // Then
        assertThat(measured.failure()).contains("no ADAPT datum " + unasked.id());
    }

    @Test
    void damagedArtifactCannotBeMeasured() throws Exception {
        // Given
        var reference = put(taught(TO_LEARN.get(0)));
        String hash = reference.weights().sha256();
        var file = directory.resolve("artifacts").resolve(hash.substring(0, 2)).resolve(hash);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        // When
        var measured = measure(policy(reference));

        // Then
        assertThat(measured.failure()).contains(hash).contains("damaged");
    }

    @Test
    void withoutBenchmarkDocumentsTheMeasurementFailsWithTheRemedy() {
        sent.removeIf(datum -> datum.mode() == DataMode.BENCHMARK);

        assertThat(measure(policy(put(taught(TO_LEARN.get(0))))).failure()).contains("send some with mode BENCHMARK");
    }

    private BenchmarkMeasured measure(CandidateProposed candidate) {
        return ((Result.Emit) pipeline.process(candidate))
                .emissions()
                .to(Topics.BENCHMARKS)
                .get(0);
    }

    private CheckpointDecision.Archived archive(AdapterReference delta) {
        var candidate = policy(delta);
        var archived = new CheckpointDecision.Archived(
                lineage.name(),
                lineage.nextVersion(),
                lineage.version(),
                lineage.weightsHash(),
                candidate.weightsHashOn(lineage.weightsHash()),
                candidate,
                Evidence.of(measure(candidate)),
                "a test");
        lineage = lineage.after(archived);
        return archived;
    }

    private void release(TinyWorldDocument document) {
        var candidate = lesson(document, taught(document));
        var evidence = Evidence.of(measure(candidate));
        lineage = lineage.after(new CheckpointDecision.Released(
                lineage.name(),
                lineage.nextVersion(),
                lineage.version(),
                lineage.weightsHash(),
                candidate.weightsHashOn(lineage.weightsHash()),
                candidate,
                evidence,
                null,
                "a test"));
    }

    private LoraAdapter taught(TinyWorldDocument document) {
        return trained(document, document.idealEdit());
    }

    private LoraAdapter trained(TinyWorldDocument document, List<String> lines) {
        var sequences = sequences(document, lines);
        return INNER_LOOP
                .train(base, List.of(INNER_LOOP.task(base, document.id(), 1, sequences)))
                .get(0)
                .adapter();
    }

    private static List<String> sequences(TinyWorldDocument document, List<String> lines) {
        return lines.stream().map(line -> document.title() + "\n" + line).toList();
    }

    private static LoraAdapter scaled(LoraAdapter adapter, float factor) {
        var modules = new LinkedHashMap<String, LoraFactors>();
        adapter.modules().forEach((path, factors) -> {
            float[] b = factors.b().clone();
            for (int i = 0; i < b.length; i++) {
                b[i] *= factor;
            }
            modules.put(
                    path, new LoraFactors(factors.rank(), factors.inFeatures(), factors.outFeatures(), factors.a(), b));
        });
        return new LoraAdapter(adapter.settings(), modules);
    }

    private AdapterReference put(LoraAdapter adapter) {
        return artifacts.put(adapter);
    }

    private CandidateProposed policy(AdapterReference delta) {
        return candidate("p", CandidateProposed.Kind.POLICY, delta, null);
    }

    private CandidateProposed lesson(TinyWorldDocument document, LoraAdapter delta) {
        var lesson =
                new Lesson(document.id(), document.id() + "@0#0", "text", sequences(document, document.idealEdit()));
        return candidate(document.id(), CandidateProposed.Kind.KNOWLEDGE, put(delta), lesson);
    }

    private CandidateProposed policyOn(long parent, String parentHash, AdapterReference delta) {
        return new CandidateProposed(
                "p2",
                NewData.MAIN_LINEAGE,
                CandidateProposed.Kind.POLICY,
                parent,
                parentHash,
                delta,
                List.of(),
                0.5,
                1.0,
                1.0,
                null,
                null);
    }

    private CandidateProposed candidate(String id, CandidateProposed.Kind kind, AdapterReference delta, Lesson lesson) {
        return new CandidateProposed(
                id, NewData.MAIN_LINEAGE, kind, 0, base.weightsSha256(), delta, List.of(), 0.5, 1.0, 1.0, null, lesson);
    }

    private static NewData adapt(TinyWorldDocument document) {
        var datum = document.newData();
        return new NewData(
                datum.dataId(),
                DataMode.ADAPT,
                datum.promptStyle(),
                datum.lineage(),
                datum.title(),
                datum.context(),
                datum.questions(),
                datum.source());
    }
}
