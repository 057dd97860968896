package dev.sealstream.policymodel;

import dev.sealstream.domain.ExactMatch;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.NewData;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks a model a document's questions without showing the document. Greedy decoding, exact match; the questions of many
 * adapters go through the model in one batch.
 */
public final class ClosedBookExam {
    private final int answerTokensMax;

    /** @param answerTokensMax longest answer in tokens; SEAL uses 64 */
    public ClosedBookExam(int answerTokensMax) {
        this.answerTokensMax = answerTokensMax;
    }

    /**
     * One sitting.
     *
     * @param adapter index into the adapters, or {@link Prompt#NO_ADAPTER} for the bare model
     */
    public record Candidate(NewData datum, int adapter) {}

    /** @return for each candidate one graded answer a question, in order */
    public List<List<GradedAnswer>> sit(LanguageModel model, List<Candidate> candidates, List<LoraAdapter> adapters) {
        var text = new PromptTokens(model);
        var prompts = new ArrayList<Prompt>();
        for (var candidate : candidates) {
            for (var question : candidate.datum().questions()) {
                int[] tokens =
                        text.prompt(question.closedBookPrompt(candidate.datum().title()));
                prompts.add(new Prompt(tokens, 0, candidate.adapter()));
            }
        }
        var completions = model.generate(prompts, Sampling.greedy(answerTokensMax, text.endOfLine()), adapters);
        var graded = new ArrayList<List<GradedAnswer>>();
        int next = 0;
        for (var candidate : candidates) {
            var answers = new ArrayList<GradedAnswer>();
            for (var question : candidate.datum().questions()) {
                answers.add(ExactMatch.grade(
                        question, text.decode(completions.get(next++).tokens())));
            }
            graded.add(answers);
        }
        return graded;
    }
}
