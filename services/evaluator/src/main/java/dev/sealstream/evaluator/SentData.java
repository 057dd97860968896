package dev.sealstream.evaluator;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Seeds;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.policymodel.SelfEditSampler;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What people sent to be measured on: held-out documents, and the questions about data that is learnt for good. Read from
 * {@code seal.new-data} alone, so that nothing a model wrote decides what it is asked. A datum sent again replaces the
 * earlier one.
 */
final class SentData {
    private final Supplier<List<NewData>> newData;
    private final SelfEditSampler sampler;
    private final Map<String, NewData> byId = new TreeMap<>();

    /** @param newData gives the data that arrived since the last call */
    SentData(Supplier<List<NewData>> newData, SelfEditSampler sampler) {
        this.newData = newData;
        this.sampler = sampler;
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

    /** A datum that is, or was, to be learnt for good. */
    Optional<NewData> toLearn(String dataId) {
        return Optional.ofNullable(byId.get(dataId)).filter(datum -> datum.mode() == DataMode.ADAPT);
    }
}
