package dev.sealstream.updateworker;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditParser;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.UpdateWanted;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.PeftFormat;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.ScoredText;
import dev.sealstream.languagemodel.TrainedAdapter;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.ClosedBookExam;
import dev.sealstream.policymodel.Exam;
import dev.sealstream.policymodel.Forgetting;
import dev.sealstream.policymodel.ForgettingSettings;
import dev.sealstream.policymodel.HeldModel;
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.policymodel.InnerLoopSettings;
import dev.sealstream.policymodel.Past;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class LearningForGoodTest {
    private static final List<TinyWorldDocument> DOCUMENTS = TinyWorldDocuments.training(5, 4);
    private static final TinyWorldDocument NEW = DOCUMENTS.get(0);
    private static final List<UpdateWanted> ONCE = List.of(new UpdateWanted("d@0#0", 0), new UpdateWanted("d@0#1", 0));

    private static LanguageModel model;
    private static HeldModel base;

    @BeforeAll
    static void loadTheTinyModel(@TempDir Path directory) {
        model = LanguageModel.load(TinyModel.unpack(directory), LoadOptions.cpu());
        base = new HeldModel(0, model.weightsSha256(), model);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void gatedAdapterAnswersAboutItsDocumentFromBesideTheWeightsAndChangesNothingElse() {
        // Given
        var learnt =
                train(DataMode.ADAPT, Past.NONE, settings(Forgetting.GATED)).get(0);

        // When
        List<List<String>> answers;
        try (LanguageModel beside = model.merged(List.of(learnt))) {
            answers = List.of(answers(beside, NEW), answers(beside, DOCUMENTS.get(1)));
        }

        // Then
        var ofAdapter =
                new ClosedBookExam(16).sit(model, List.of(new Exam.Candidate(NEW.newData(), 0)), List.of(learnt));
        assertThat(answers.get(0))
                .isEqualTo(ofAdapter.get(0).answers().stream()
                        .map(answer -> answer.answer())
                        .toList())
                .isNotEqualTo(answers(model, NEW));
        assertThat(answers.get(1)).isEqualTo(answers(model, DOCUMENTS.get(1)));
    }

    @Test
    void replayKeepsTheLessonsThatAnUpdateWouldNotTeach() {
        // Given
        var past = new Past(List.of(lesson(DOCUMENTS.get(1))), List.of());

        // When
        var replayed = train(DataMode.ADAPT, past, settings(Forgetting.REPLAY)).get(0);

        // Then
        var plain = train(DataMode.ADAPT, past, settings(Forgetting.NONE)).get(0);
        String line = past.lessons().get(0).get(0);
        assertThat(loss(replayed, line)).isLessThan(loss(plain, line) - 0.5);
    }

    @Test
    void divergenceKeepsThePredictionsOnEarlierLessons() {
        // Given
        var past = new Past(List.of(lesson(DOCUMENTS.get(1))), List.of());

        // When
        var kept = train(DataMode.ADAPT, past, settings(Forgetting.KL)).get(0);

        // Then
        var plain = train(DataMode.ADAPT, past, settings(Forgetting.NONE)).get(0);
        assertThat(moved(kept, past)).isLessThan(0.8 * moved(plain, past));
    }

    @Test
    void penaltyKeepsTheWeightChangeSmall() {
        // When
        var small = train(DataMode.ADAPT, Past.NONE, settings(Forgetting.L2)).get(0);

        // Then
        var plain = train(DataMode.ADAPT, Past.NONE, settings(Forgetting.NONE)).get(0);
        assertThat(small.weightChange().frobeniusNorm())
                .isLessThan(0.8 * plain.weightChange().frobeniusNorm());
    }

    @Test
    void orthogonalUpdateDiffersFromAPlainOneOnceThereIsADeltaToAvoid() {
        // Given
        var earlier =
                train(DataMode.ADAPT, Past.NONE, settings(Forgetting.NONE)).get(0);

        // When
        var first = train(DataMode.ADAPT, Past.NONE, settings(Forgetting.ORTHOGONAL))
                .get(0);
        var second = train(DataMode.ADAPT, new Past(List.of(), List.of(earlier)), settings(Forgetting.ORTHOGONAL))
                .get(0);

        // Then
        assertThat(bytes(first)).isEqualTo(bytes(earlier));
        assertThat(bytes(second)).isNotEqualTo(bytes(earlier));
    }

    @Test
    void selfEditsOfAGroupMeetTheSameSampleOfThePastAndAnotherRepeatAnother() {
        // Given a group whose two self-edits say the same, and more lessons than may be replayed
        var past = new Past(
                DOCUMENTS.subList(1, 4).stream()
                        .map(LearningForGoodTest::lesson)
                        .toList(),
                List.of());
        var one = new ForgettingSettings(Set.of(Forgetting.REPLAY), 1, 1, 0, 1, 0, 0);
        var wanted = IntStream.range(0, 6)
                .mapToObj(repeat -> new UpdateWanted("d@0#" + repeat % 2, repeat / 2))
                .toList();

        // When
        var trained = innerLoop(one).train(base, group(DataMode.ADAPT), wanted, past);

        // Then the loss of the first step tells which lesson was replayed
        assertThat(trained)
                .extracting(TrainedAdapter::id)
                .isEqualTo(wanted.stream()
                        .map(w -> Ids.update(w.selfEditId(), w.repeat()))
                        .toList());
        for (int repeat = 0; repeat < 3; repeat++) {
            assertThat(trained.get(2 * repeat).lossCurve())
                    .isEqualTo(trained.get(2 * repeat + 1).lossCurve());
        }
        assertThat(trained.stream().map(adapter -> adapter.lossCurve()[0]).distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void dataThatOnlyTeachThePolicyKnowNoPast() {
        // Given
        var past = new Past(List.of(lesson(DOCUMENTS.get(1))), List.of());

        // When
        var trained = train(DataMode.TRAIN, past, settings(Forgetting.REPLAY)).get(0);

        // Then
        assertThat(bytes(trained))
                .isEqualTo(bytes(train(DataMode.TRAIN, Past.NONE, settings(Forgetting.GATED))
                        .get(0)));
        assertThat(trained.topic()).isEmpty();
    }

    private static ForgettingSettings settings(Forgetting method) {
        return new ForgettingSettings(Set.of(method), 16, 1, 10, 20, 0.01, 1);
    }

    private static InnerLoop innerLoop(ForgettingSettings forgetting) {
        return new InnerLoop(new InnerLoopSettings(
                new LoraSettings(8, 16, LoraSettings.ALL_LINEAR),
                new TrainingSettings(6, 0, 0.01, LearningRateDecay.NONE, 0.9, 0.99, 0.0, LossMean.TOKENS),
                1,
                0,
                forgetting));
    }

    private static List<LoraAdapter> train(DataMode mode, Past past, ForgettingSettings forgetting) {
        return innerLoop(forgetting).train(base, group(mode), ONCE, past).stream()
                .map(TrainedAdapter::required)
                .toList();
    }

    /** Two self-edits with the same text. */
    private static SelfEditsProposed group(DataMode mode) {
        var document = NEW.newData();
        var datum = new NewData(
                document.dataId(),
                mode,
                document.promptStyle(),
                document.lineage(),
                document.title(),
                document.context(),
                document.questions(),
                document.source());
        var edits = Stream.of(0, 1)
                .map(index -> new SelfEdit(
                        "d@0#" + index,
                        index,
                        String.join("\n", NEW.idealEdit()),
                        lesson(NEW),
                        null,
                        new int[0],
                        new float[0]))
                .toList();
        return new SelfEditsProposed("d@0", datum, 0, base.weightsHash(), datum.prompt(), edits);
    }

    private static List<String> lesson(TinyWorldDocument document) {
        var datum = document.newData();
        return SelfEditParser.trainingSequences(
                datum.promptStyle(), datum.title(), datum.context(), String.join("\n", document.idealEdit()));
    }

    private static List<String> answers(LanguageModel of, TinyWorldDocument document) {
        var bare = new Exam.Candidate(document.newData(), Prompt.NO_ADAPTER);
        return new ClosedBookExam(16)
                .sit(of, List.of(bare), List.of()).get(0).answers().stream()
                        .map(answer -> answer.answer())
                        .toList();
    }

    /** Of a text behind its first line, in nats. */
    private static double loss(LoraAdapter adapter, String text) {
        double sum = 0;
        for (float score : scores(adapter, text)) {
            sum -= score;
        }
        return sum;
    }

    /** How far an adapter moves the log-probabilities of the tokens of earlier lessons, in all. */
    private static double moved(LoraAdapter adapter, Past past) {
        double sum = 0;
        for (String text : past.lessons().get(0)) {
            float[] before = scores(null, text);
            float[] after = scores(adapter, text);
            for (int i = 0; i < before.length; i++) {
                sum += Math.abs(after[i] - before[i]);
            }
        }
        return sum;
    }

    private static float[] scores(LoraAdapter adapter, String text) {
        int line = text.indexOf('\n') + 1;
        var scored = new ScoredText(
                model.tokenizer().encode(text.substring(0, line)),
                model.tokenizer().encode(text.substring(line)),
                adapter == null ? Prompt.NO_ADAPTER : 0);
        return model.score(List.of(scored), adapter == null ? List.of() : List.of(adapter))
                .get(0);
    }

    private static byte[] bytes(LoraAdapter adapter) {
        return PeftFormat.safetensors(adapter);
    }
}
