package dev.sealstream.policymodel;

import dev.sealstream.domain.AskedQuestion;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.Seeds;
import dev.sealstream.domain.WrittenQuestion;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Questions for a document that came without any. A model reads the passage and writes questions with answers (self-QA, SEAL's
 * prompt, arXiv 2506.10943); each of the commonest is then answered several times with the passage in view, and where most
 * answers agree, theirs counts as right (majority vote, as in SRT, arXiv 2505.21444). All seeds come from the document's id, so
 * whoever asks the same model gets the same questions.
 */
public final class LabelFreeQuestions {
    /** The prompt for base models ends so; an instruct model's turn is begun so, or it would choose a form of its own. */
    private static final String OPEN_LABEL = "Question 1: ";

    private final LabelFreeSettings settings;
    private final SamplingSettings sampling;
    private final int answerTokensMax;
    private final PromptForm form;

    /**
     * @param sampling temperature and top-p of questions and answers, and the longest completion
     * @param answerTokensMax longest answer in tokens
     */
    public LabelFreeQuestions(
            LabelFreeSettings settings, SamplingSettings sampling, int answerTokensMax, PromptForm form) {
        this.settings = settings;
        this.sampling = sampling;
        this.answerTokensMax = answerTokensMax;
        this.form = form;
    }

    /**
     * The questions that the model agrees with itself on, each marked with its share of the votes; none where it agrees on none.
     *
     * @throws PassageTooLongException if the passage leaves no room for questions in the model's window
     */
    public List<Question> about(LanguageModel model, NewData datum) {
        var text = new PromptTokens(model);
        String prompt = openPrompt(model, datum);
        var asked = asked(model, text, prompt, datum);
        var answers = answers(model, text, prompt, datum, asked);
        var agreed = new ArrayList<Question>();
        for (int i = 0; i < asked.size(); i++) {
            var votes = answers.subList(i * settings.votes(), (i + 1) * settings.votes());
            asked.get(i).agreed(votes, settings.shareMin()).ifPresent(agreed::add);
        }
        return agreed;
    }

    private String openPrompt(LanguageModel model, NewData datum) {
        String prompt = form.selfEdit(model, datum.withPromptStyle(PromptStyle.SELF_QA));
        return prompt.endsWith(OPEN_LABEL) ? prompt : prompt + OPEN_LABEL;
    }

    private List<AskedQuestion> asked(LanguageModel model, PromptTokens text, String prompt, NewData datum) {
        int[] tokens = text.prompt(prompt);
        requireRoom(model, datum, tokens.length);
        var prompts = new ArrayList<Prompt>();
        for (int sample = 0; sample < settings.samples(); sample++) {
            prompts.add(new Prompt(tokens, seed(datum, "written/" + sample), Prompt.NO_ADAPTER));
        }
        var stop = text.endOfSequence();
        stop.addAll(form.endOfTurn(model));
        var completions = written(model, text, prompts, sampling.tokensMax(), stop).stream()
                .map(completion -> WrittenQuestion.in(OPEN_LABEL + completion))
                .toList();
        return AskedQuestion.commonest(completions, settings.questionsMax());
    }

    /** So many answers to each question, question by question, from a model that reads passage and question. */
    private List<String> answers(
            LanguageModel model, PromptTokens text, String prompt, NewData datum, List<AskedQuestion> asked) {
        if (asked.isEmpty()) {
            return List.of();
        }
        var prompts = new ArrayList<Prompt>();
        for (var question : asked) {
            int[] tokens = text.prompt(prompt + question.wording().cue());
            for (int vote = 0; vote < settings.votes(); vote++) {
                long seed = seed(datum, "answered/" + question.wording().question() + "/" + vote);
                prompts.add(new Prompt(tokens, seed, Prompt.NO_ADAPTER));
            }
        }
        var stop = text.endOfLine();
        stop.addAll(form.endOfTurn(model));
        return written(model, text, prompts, answerTokensMax, stop).stream()
                .map(answer -> answer.strip().lines().findFirst().orElse(""))
                .toList();
    }

    private List<String> written(
            LanguageModel model, PromptTokens text, List<Prompt> prompts, int tokensMax, Set<Integer> stop) {
        var drawn = new Sampling(sampling.temperature(), sampling.topP(), tokensMax, stop);
        return model.generate(prompts, drawn, List.of()).stream()
                .map(completion -> text.decode(completion.tokens()))
                .toList();
    }

    /** A question stands within a completion, so what has room for completion and answer has room for question and answer. */
    private void requireRoom(LanguageModel model, NewData datum, int promptTokens) {
        int window = model.config().maxPositions();
        int written = sampling.tokensMax() + answerTokensMax;
        if (promptTokens + written > window) {
            throw new PassageTooLongException("datum " + datum.dataId() + " makes a prompt of " + promptTokens
                    + " tokens; with up to " + written + " tokens for questions and answers the model's window of "
                    + window + " is exceeded; send the document in parts, or questions with it");
        }
    }

    private static long seed(NewData datum, String what) {
        return Seeds.of(datum.dataId() + "@0/questions/" + what);
    }
}
