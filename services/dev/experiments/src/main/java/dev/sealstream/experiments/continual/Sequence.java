package dev.sealstream.experiments.continual;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;

import java.util.ArrayList;
import java.util.List;

/**
 * One lineage and what it is to learn, in this order.
 *
 * @param gate held-out documents of the lineage; other lineages have the same ones under other ids
 */
public record Sequence(String lineage, List<NewData> gate, List<NewData> documents) {
    public Sequence {
        gate = List.copyOf(gate);
        documents = List.copyOf(documents);
    }

    /**
     * Documents of the tiny world, each about another person.
     *
     * @throws IllegalArgumentException if the world has too few people, naming both numbers
     */
    public static List<Sequence> ofTinyWorld(ContinualSettings settings) {
        var heldOut = TinyWorldDocuments.benchmark(settings.seed(), settings.gate());
        var documents = TinyWorldDocuments.training(settings.seed(), settings.sequences() * settings.length());
        var sequences = new ArrayList<Sequence>();
        for (int n = 0; n < settings.sequences(); n++) {
            String lineage = "continual-" + settings.seed() + "-" + (n + 1);
            var own = documents.subList(n * settings.length(), (n + 1) * settings.length());
            sequences.add(new Sequence(
                    lineage, data(heldOut, DataMode.BENCHMARK, lineage), data(own, DataMode.ADAPT, lineage)));
        }
        return sequences;
    }

    private static List<NewData> data(List<TinyWorldDocument> documents, DataMode mode, String lineage) {
        return documents.stream()
                .map(document -> new NewData(
                        lineage + "-" + document.id(),
                        mode,
                        PromptStyle.IMPLICATIONS,
                        lineage,
                        document.title(),
                        document.context(),
                        document.questions(),
                        "experiment: continual"))
                .toList();
    }
}
