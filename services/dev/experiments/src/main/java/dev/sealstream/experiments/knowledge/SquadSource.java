package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.squad.SquadFile;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Documents of a file in SQuAD's layout, shuffled by the seed and dealt out. There are no ideal edits for them. */
public final class SquadSource {
    private SquadSource() {}

    public static int count(Path file) {
        return SquadFile.read(file, DataMode.TRAIN, NewData.MAIN_LINEAGE).size();
    }

    public static ExperimentDocuments documents(Path file, KnowledgeSettings settings) {
        // Ids differ by mode, so a document has another id in each list.
        var training = read(file, DataMode.TRAIN, settings.promptStyle());
        var gate = read(file, DataMode.BENCHMARK, settings.promptStyle());
        var heldOut = read(file, DataMode.MEASURE, settings.promptStyle());
        var order = new ArrayList<>(IntStream.range(0, training.size()).boxed().toList());
        Collections.shuffle(order, new Random(settings.seed()));
        int next = 0;
        var someGate = pick(gate, order.subList(next, next += settings.gate()));
        var rounds = new ArrayList<List<NewData>>();
        for (int round = 0; round < settings.rounds(); round++) {
            rounds.add(pick(training, order.subList(next, next += settings.passages())));
        }
        var someHeldOut = pick(heldOut, order.subList(next, next + settings.heldOut()));
        return new ExperimentDocuments(someGate, rounds, someHeldOut, Map.of());
    }

    private static List<NewData> pick(List<NewData> documents, List<Integer> which) {
        return which.stream().map(documents::get).toList();
    }

    private static List<NewData> read(Path file, DataMode mode, PromptStyle style) {
        return SquadFile.read(file, mode, NewData.MAIN_LINEAGE).stream()
                .map(datum -> new NewData(
                        datum.dataId(),
                        mode,
                        style,
                        datum.lineage(),
                        datum.title(),
                        datum.context(),
                        datum.questions(),
                        datum.source()))
                .toList();
    }
}
