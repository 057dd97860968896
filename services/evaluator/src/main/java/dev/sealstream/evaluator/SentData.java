package dev.sealstream.evaluator;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.Seeds;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.policymodel.PassageTooLongException;
import dev.sealstream.policymodel.SelfEditSampler;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What people sent to be measured on: held-out documents, and the questions about data that is learnt for good. Read from
 * {@code seal.new-data} alone, so that nothing a candidate says decides what it is asked. Where people sent no questions, the
 * base model's are worked out here, by the procedure of the proposer. A datum sent again replaces the earlier one.
 */
final class SentData {
    /** Data without questions whose questions are kept; more than a candidate is asked about, and small. */
    private static final int ASKED_MAX = 1_024;

    private final Supplier<List<NewData>> newData;
    private final SelfEditSampler sampler;
    private final Function<NewData, List<Question>> labelFree;
    private final Map<String, NewData> byId = new TreeMap<>();
    private final BoundedMemory<NewData, NewData> asked = new BoundedMemory<>(ASKED_MAX);

    /**
     * @param newData gives the data that arrived since the last call
     * @param labelFree what the base model asks about a datum; the same for the same datum
     */
    SentData(Supplier<List<NewData>> newData, SelfEditSampler sampler, Function<NewData, List<Question>> labelFree) {
        this.newData = newData;
        this.sampler = sampler;
        this.labelFree = labelFree;
    }

    /** Reads what arrived since the last call. */
    void refresh() {
        newData.get().stream()
                .filter(datum -> datum.mode() == DataMode.BENCHMARK || datum.mode() == DataMode.ADAPT)
                .forEach(datum -> byId.put(datum.dataId(), datum));
    }

    /** Held-out documents of one lineage that fit the model's window; longer ones are dead-lettered by the proposer. */
    List<NewData> heldOut(String lineage, LanguageModel model) {
        return byId.values().stream()
                .filter(datum -> datum.mode() == DataMode.BENCHMARK)
                .filter(datum -> datum.lineage().equals(lineage))
                .filter(datum -> sampler.fits(model, datum))
                .toList();
    }

    /** So many of the documents, spread by a hash of their ids, and the same ones for every candidate. */
    static List<NewData> some(List<NewData> documents, int most) {
        return documents.stream()
                .sorted(Comparator.comparingLong(datum -> Seeds.of("benchmark sample/" + datum.dataId())))
                .limit(most)
                .toList();
    }

    /** A datum that is, or was, to be learnt for good; without questions only where the base model agrees on none either. */
    Optional<NewData> toLearn(String dataId) {
        return Optional.ofNullable(byId.get(dataId))
                .filter(datum -> datum.mode() == DataMode.ADAPT)
                .map(datum -> datum.questions().isEmpty() ? asked.recall(datum, () -> ask(datum)) : datum);
    }

    /** A passage that does not fit was dead-lettered by the proposer; nobody can have learnt it. */
    private NewData ask(NewData datum) {
        try {
            return datum.withQuestions(labelFree.apply(datum));
        } catch (PassageTooLongException tooLong) {
            return datum;
        }
    }
}
