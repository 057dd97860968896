package dev.sealstream.selfeditproposer;

import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.policymodel.LabelFreeQuestions;
import dev.sealstream.policymodel.LabelFreeSettings;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.PromptForm;
import dev.sealstream.policymodel.SamplingSettings;
import dev.sealstream.policymodel.SelfEditSampler;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The instruct form, with a chat template written for the tiny model. */
class InstructPromptTest {
    private static final NewData DATUM =
            TinyWorldDocuments.training(1, 1).get(0).newData();
    private static final LabelFreeQuestions LABEL_FREE = new LabelFreeQuestions(
            new LabelFreeSettings(2, 2, 2, 0.75), new SamplingSettings(1, 1.0, 0.95, 20), 16, PromptForm.INSTRUCT);

    @Test
    void promptOfTheGroupIsTheConversationTheModelRead(@TempDir Path directory) throws IOException {
        // Given
        var files = TinyModel.unpack(directory);
        Files.writeString(files.resolve("chat_template.jinja"), """
                {%- for message in messages %}{{ message.role + ': ' + message.content + '</s>\\n' }}{%- endfor %}
                {%- if add_generation_prompt %}{{ 'assistant: ' }}{%- endif %}""");
        try (var models = models(files)) {
            var sampler = new SelfEditSampler(new SamplingSettings(1, 1.0, 0.95, 20), PromptForm.INSTRUCT);

            // When
            var result = new ProposalPipeline(models, sampler, LABEL_FREE).process(DATUM);

            // Then
            var group = ((Result.Emit) result).emissions().to(Topics.SELF_EDITS).get(0);
            assertThat(group.prompt())
                    .isEqualTo(
                            "system: You are an assistant tasked with analyzing the provided passage and producing a list of"
                                    + " implications derived directly or indirectly from the content.</s>\nuser: "
                                    + DATUM.title() + "\n" + DATUM.context() + "</s>\nassistant: ");
            var model = models.head(NewData.MAIN_LINEAGE).model();
            assertThat(PromptForm.INSTRUCT.question(model, DATUM.questions().get(0), DATUM.title()))
                    .startsWith("system: You are an assistant to answer a question directly and concisely.</s>\n")
                    .contains("user: Topic: " + DATUM.title() + "\n"
                            + DATUM.questions().get(0).question() + "</s>");
        }
    }

    @Test
    void questionsAreAskedInTheConversationToo(@TempDir Path directory) throws IOException {
        // Given: a template that says nothing but the user's words, so that the tiny model reads the passage as it is
        // used to
        var files = TinyModel.unpack(directory);
        Files.writeString(files.resolve("chat_template.jinja"), """
                {%- for message in messages %}{%- if message.role == 'user' %}{{ message.content + '\n\n' }}{%- endif %}{%- endfor %}""");
        var labelFree = new LabelFreeQuestions(
                new LabelFreeSettings(16, 12, 8, 0.75),
                new SamplingSettings(1, 1.0, 0.95, 120),
                16,
                PromptForm.INSTRUCT);
        try (var models = models(files)) {

            // When
            var questions = labelFree.about(models.base(), DATUM);

            // Then
            assertThat(questions).isNotEmpty().allMatch(Question::labelFree);
        }
    }

    @Test
    void modelWithoutATemplateIsRefusedWithTheRemedy(@TempDir Path directory) {
        try (var models = models(TinyModel.unpack(directory))) {
            var sampler = new SelfEditSampler(new SamplingSettings(1, 1.0, 0.95, 20), PromptForm.INSTRUCT);

            assertThatThrownBy(() -> new ProposalPipeline(models, sampler, LABEL_FREE).process(DATUM))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("seal.prompt.form=base");
        }
    }

    private static ModelHost models(Path files) {
        var base = LanguageModel.load(files, LoadOptions.cpu());
        return new ModelHost(
                base,
                lineage -> Lineage.base(lineage, base.weightsSha256()),
                new DirectoryArtifactStore(files.resolve("artifacts")));
    }
}
