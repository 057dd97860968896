package dev.sealstream.experiments.knowledge;

import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Sha256;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** Of all documents with their questions and the place of each in the experiment. */
    public String hash() {
        var texts = Stream.concat(Stream.of(gate, heldOut), rounds.stream())
                .map(List::toString)
                .toList();
        return Sha256.hex(String.join("\n", texts) + new TreeMap<>(idealEdits));
    }
}
