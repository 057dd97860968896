package dev.sealstream.policymodel;

import dev.sealstream.domain.NewData;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.Prompt;

import java.util.List;

/** Measures closed-book what a model knows of documents: it is asked, or scored, without seeing them. */
@FunctionalInterface
public interface Exam {

    /**
     * Who is examined about what.
     *
     * @param adapter index into the adapters, or {@link Prompt#NO_ADAPTER} for the model as it is, with what it keeps beside its
     *     weights
     */
    record Candidate(NewData datum, int adapter) {
        int promptAdapter() {
            return adapter == Prompt.NO_ADAPTER ? Prompt.BY_TOPIC : adapter;
        }
    }

    /** @return one sitting for each candidate, in order */
    List<Sitting> sit(LanguageModel model, List<Candidate> candidates, List<LoraAdapter> adapters);
}
