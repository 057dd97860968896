package dev.sealstream.policymodel;

import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Seeds;
import dev.sealstream.languagemodel.Completion;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;
import dev.sealstream.languagemodel.ScoredText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far one model moves from another in what it says to fixed texts: an estimate of the Kullback-Leibler divergence, nats a
 * token. The reference writes self-edits about a few documents, with seeds that depend on the document alone; the mean of
 * ln p(reference) − ln p(other) over the written tokens is unbiased, so it may fall a little below 0 for equal models.
 */
public final class Divergence {
    /** Enough for a few hundred tokens; a wild change shows in each of them. */
    private static final int DOCUMENTS_MAX = 8;

    private static final int TOKENS_MAX = 64;

    private final PromptForm form;

    public Divergence(PromptForm form) {
        this.form = form;
    }

    /** @return NaN or infinite where the other model gives no sound probabilities */
    public double of(LanguageModel reference, LanguageModel other, List<NewData> documents) {
        var text = new PromptTokens(reference);
        var prompts = documents.stream()
                .sorted(Comparator.comparing(NewData::dataId))
                .limit(DOCUMENTS_MAX)
                .map(datum -> new Prompt(
                        text.prompt(form.selfEdit(reference, datum)),
                        Seeds.of("divergence/" + datum.dataId()),
                        Prompt.NO_ADAPTER))
                .toList();
        var whole = new Sampling(1.0, 1.0, TOKENS_MAX, text.endOfSequence());
        var written = reference.generate(prompts, whole, List.of());
        var texts = new ArrayList<ScoredText>();
        for (int i = 0; i < prompts.size(); i++) {
            Completion completion = written.get(i);
            if (completion.tokens().length > 0) {
                texts.add(new ScoredText(prompts.get(i).tokens(), completion.tokens(), Prompt.NO_ADAPTER));
            }
        }
        return meanDifference(reference.score(texts, List.of()), other.score(texts, List.of()));
    }

    private static double meanDifference(List<float[]> reference, List<float[]> other) {
        double sum = 0;
        int tokens = 0;
        for (int i = 0; i < reference.size(); i++) {
            for (int token = 0; token < reference.get(i).length; token++) {
                sum += reference.get(i)[token] - other.get(i)[token];
                tokens++;
            }
        }
        return tokens == 0 ? 0 : sum / tokens;
    }
}
