package dev.sealstream.policymodel;

import dev.sealstream.domain.Grader;
import dev.sealstream.domain.TextGrader;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks a model a document's questions without showing the document. Greedy decoding; the questions of many adapters go
 * through the model in one batch, and their answers to the grader in one call.
 */
public final class ClosedBookExam implements Exam {
    private final int answerTokensMax;
    private final PromptForm form;
    private final Grader grader;

    /** @param answerTokensMax longest answer in tokens; SEAL uses 64 */
    public ClosedBookExam(int answerTokensMax, PromptForm form, Grader grader) {
        this.answerTokensMax = answerTokensMax;
        this.form = form;
        this.grader = grader;
    }

    /** Base prompts, exact match. */
    public ClosedBookExam(int answerTokensMax) {
        this(answerTokensMax, PromptForm.BASE, TextGrader.EXACT_MATCH);
    }

    @Override
    public List<Sitting> sit(LanguageModel model, List<Candidate> candidates, List<LoraAdapter> adapters) {
        var text = new PromptTokens(model);
        var prompts = new ArrayList<Prompt>();
        for (var candidate : candidates) {
            var datum = candidate.datum();
            for (var question : datum.questions()) {
                int[] tokens = text.prompt(form.question(model, question, datum.title()));
                prompts.add(new Prompt(tokens, 0, candidate.promptAdapter()));
            }
        }
        var stop = text.endOfLine();
        stop.addAll(form.endOfTurn(model));
        var completions = model.generate(prompts, Sampling.greedy(answerTokensMax, stop), adapters);
        var answers = new ArrayList<Grader.Answer>();
        for (var candidate : candidates) {
            for (var question : candidate.datum().questions()) {
                answers.add(new Grader.Answer(
                        question,
                        firstLine(text.decode(completions.get(answers.size()).tokens()))));
            }
        }
        return sittings(candidates, answers);
    }

    private List<Sitting> sittings(List<Candidate> candidates, List<Grader.Answer> answers) {
        var verdicts = grader.grade(answers);
        var sittings = new ArrayList<Sitting>();
        int from = 0;
        for (var candidate : candidates) {
            int to = from + candidate.datum().questions().size();
            sittings.add(Sitting.of(answers.subList(from, to), verdicts.subList(from, to)));
            from = to;
        }
        return sittings;
    }

    private static String firstLine(String said) {
        return said.strip().lines().findFirst().orElse("");
    }
}
