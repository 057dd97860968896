package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.NewData;

import java.util.List;
import java.util.Map;

/**
 * The documents of an experiment, none of them in two places.
 *
 * @param gate what the gate measures candidates on (BENCHMARK)
 * @param rounds training documents, round by round (TRAIN)
 * @param heldOut what the experiment measures (MEASURE)
 * @param idealEdits a hand-written self-edit by held-out document's id; empty where there are none
 */
public record ExperimentDocuments(
        List<NewData> gate, List<List<NewData>> rounds, List<NewData> heldOut, Map<String, String> idealEdits) {
    public ExperimentDocuments {
        gate = List.copyOf(gate);
        rounds = rounds.stream().map(List::copyOf).toList();
        heldOut = List.copyOf(heldOut);
        idealEdits = Map.copyOf(idealEdits);
    }
}
