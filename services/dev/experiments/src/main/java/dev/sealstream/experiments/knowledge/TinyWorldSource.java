package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Documents of the tiny world: people that occur neither in pre-training nor in each other's part of the experiment. */
public final class TinyWorldSource {
    private TinyWorldSource() {}

    /** @throws IllegalArgumentException if the world has too few people, naming both numbers */
    public static ExperimentDocuments documents(KnowledgeSettings settings) {
        var style = settings.promptStyle();
        var training = TinyWorldDocuments.training(settings.seed(), settings.rounds() * settings.passages());
        var unseen = TinyWorldDocuments.benchmark(settings.seed(), settings.gate() + settings.heldOut());
        var rounds = new ArrayList<List<NewData>>();
        for (int round = 0; round < settings.rounds(); round++) {
            int from = round * settings.passages();
            rounds.add(training.subList(from, from + settings.passages()).stream()
                    .map(document -> datum(document, DataMode.TRAIN, style))
                    .toList());
        }
        var gate = unseen.subList(0, settings.gate()).stream()
                .map(document -> datum(document, DataMode.BENCHMARK, style))
                .toList();
        var heldOut = new ArrayList<NewData>();
        var idealEdits = new HashMap<String, String>();
        for (var document : unseen.subList(settings.gate(), unseen.size())) {
            var datum = datum(document, DataMode.MEASURE, style);
            heldOut.add(datum);
            idealEdits.put(datum.dataId(), String.join("\n", document.idealEdit()));
        }
        return new ExperimentDocuments(gate, rounds, heldOut, idealEdits);
    }

    private static NewData datum(TinyWorldDocument document, DataMode mode, PromptStyle style) {
        return new NewData(
                document.id(),
                mode,
                style,
                NewData.MAIN_LINEAGE,
                document.title(),
                document.context(),
                document.questions(),
                "");
    }
}
