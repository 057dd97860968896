package dev.sealstream.evaluator;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.policymodel.SelfEditSampler;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The held-out documents sent so far, by id; a document sent again replaces the earlier one. */
final class BenchmarkDocuments {
    private final Supplier<List<NewData>> newData;
    private final SelfEditSampler sampler;
    private final Map<String, NewData> documents = new TreeMap<>();

    /** @param newData gives the data that arrived since the last call */
    BenchmarkDocuments(Supplier<List<NewData>> newData, SelfEditSampler sampler) {
        this.newData = newData;
        this.sampler = sampler;
    }

    /** Those of one lineage that fit the model's window; longer ones are dead-lettered by the proposer. */
    List<NewData> of(String lineage, LanguageModel model) {
        newData.get().stream()
                .filter(datum -> datum.mode() == DataMode.BENCHMARK)
                .forEach(datum -> documents.put(datum.dataId(), datum));
        return documents.values().stream()
                .filter(datum -> datum.lineage().equals(lineage))
                .filter(datum -> sampler.fits(model, datum))
                .toList();
    }
}
