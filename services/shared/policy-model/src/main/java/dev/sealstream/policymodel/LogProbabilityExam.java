package dev.sealstream.policymodel;

import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Grader;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.Verdict;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.ScoredText;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores a document's expected answers instead of asking: the exponential of the mean log-probability of the answer's
 * tokens after the closed-book prompt, 0 to 1. Nothing is sampled, so knowledge that greedy decoding does not yet show
 * counts too, and the reward moves in small steps where right and wrong move in large ones.
 */
public final class LogProbabilityExam implements Exam {
    private final PromptForm form;

    public LogProbabilityExam(PromptForm form) {
        this.form = form;
    }

    @Override
    public List<Sitting> sit(LanguageModel model, List<Candidate> candidates, List<LoraAdapter> adapters) {
        var text = new PromptTokens(model);
        var texts = new ArrayList<ScoredText>();
        for (var candidate : candidates) {
            var datum = candidate.datum();
            for (var question : datum.questions()) {
                int[] prompt = text.prompt(form.question(model, question, datum.title()));
                texts.add(new ScoredText(prompt, text.encode(question.answer()), candidate.promptAdapter()));
            }
        }
        var scores = model.score(texts, adapters);
        var sittings = new ArrayList<Sitting>();
        int next = 0;
        for (var candidate : candidates) {
            var answers = new ArrayList<GradedAnswer>();
            for (var question : candidate.datum().questions()) {
                answers.add(graded(question, scores.get(next++)));
            }
            sittings.add(new Sitting(answers, null));
        }
        return sittings;
    }

    private static GradedAnswer graded(Question question, float[] logProbabilities) {
        double mean = 0;
        for (float logProbability : logProbabilities) {
            mean += logProbability / logProbabilities.length;
        }
        // Rounding may lift a certain token's log-probability above 0.
        return new Verdict.Given(Math.min(1, Math.exp(mean)), null).on(new Grader.Answer(question, ""));
    }
}
