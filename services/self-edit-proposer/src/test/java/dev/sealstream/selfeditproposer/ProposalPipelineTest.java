package dev.sealstream.selfeditproposer;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.SamplingSettings;
import dev.sealstream.policymodel.SelfEditSampler;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProposalPipelineTest {
    private static ModelHost models;
    private static String baseHash;
    private static ProposalPipeline pipeline;

    @BeforeAll
    static void loadTheTinyModel(@TempDir Path directory) {
        var base = LanguageModel.load(TinyModel.unpack(directory), LoadOptions.cpu());
        baseHash = base.weightsSha256();
        models = new ModelHost(base, lineage -> Lineage.base(lineage, baseHash), new DirectoryArtifactStore(directory));
        pipeline = new ProposalPipeline(models, new SelfEditSampler(new SamplingSettings(3, 1.0, 0.95, 120)));
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void datumBecomesOneGroupWithDerivedIds() {
        // Given
        var datum = TinyWorldDocuments.training(1, 1).get(0).newData();

        // When
        var group = proposed(pipeline.process(datum)).get(0);

        // Then
        assertThat(group.rolloutGroupId()).isEqualTo(datum.dataId() + "@0");
        assertThat(group.weightsHash()).isEqualTo(baseHash);
        assertThat(group.selfEdits())
                .extracting(SelfEdit::selfEditId)
                .containsExactly(datum.dataId() + "@0#0", datum.dataId() + "@0#1", datum.dataId() + "@0#2");
        assertThat(group.selfEdits()).allSatisfy(edit -> {
            assertThat(edit.tokens()).isNotEmpty();
            assertThat(edit.trainingSequences()).endsWith(datum.title() + "\n" + datum.context());
        });
    }

    @Test
    void datumDecidesHowManySelfEditsItGets() {
        // Given
        var datum = TinyWorldDocuments.training(1, 1).get(0).newData();

        // When
        var edits = proposed(pipeline.process(datum.measured(2, null))).get(0).selfEdits();

        // Then
        assertThat(edits)
                .extracting(SelfEdit::completion)
                .isEqualTo(proposed(pipeline.process(datum)).get(0).selfEdits().stream()
                        .limit(2)
                        .map(SelfEdit::completion)
                        .toList());
    }

    @Test
    void sameDatumOnTheSameVersionGivesTheSameEvent() {
        // Given
        var datum = TinyWorldDocuments.training(2, 1).get(0).newData();

        // When
        var twice = List.of(proposed(pipeline.process(datum)), proposed(pipeline.process(datum)));

        // Then
        assertThat(twice.get(0)).isEqualTo(twice.get(1));
    }

    @Test
    void nothingIsWrittenForHeldOutData() {
        // Given
        var datum = TinyWorldDocuments.benchmark(1, 1).get(0).newData();

        // When
        var result = pipeline.process(datum);

        // Then
        assertThat(proposed(result)).isEmpty();
    }

    @Test
    void passageThatExceedsTheWindowIsInvalidAndTheReasonSaysByHowMuch() {
        // Given
        var datum = TinyWorldDocuments.training(3, 1).get(0).newData();
        var tooLong = new NewData(
                "long",
                DataMode.TRAIN,
                PromptStyle.IMPLICATIONS,
                NewData.MAIN_LINEAGE,
                datum.title(),
                (datum.context() + " ").repeat(500),
                datum.questions(),
                "");

        // When, then
        assertThatThrownBy(() -> pipeline.process(tooLong))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("datum long makes a prompt of")
                .hasMessageContaining("send the document in parts");
    }

    private static List<SelfEditsProposed> proposed(Result result) {
        return ((Result.Emit) result).emissions().to(Topics.SELF_EDITS);
    }
}
