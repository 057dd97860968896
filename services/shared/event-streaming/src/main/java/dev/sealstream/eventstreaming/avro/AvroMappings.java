package dev.sealstream.eventstreaming.avro;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All mappings, by event. */
public final class AvroMappings {
    private static final Map<Class<?>, AvroMapping<?, ?>> BY_EVENT = List.of(
                    new NewDataMapping(),
                    new SelfEditsProposedMapping(),
                    new AdaptersTrainedMapping(),
                    new RepeatsWantedMapping(),
                    new RolloutEndedMapping(),
                    new RewardAssignedMapping(),
                    new RolloutGroupCompletedMapping(),
                    new CandidateProposedMapping(),
                    new BenchmarkMeasuredMapping(),
                    new PersonDecisionMapping(),
                    new CheckpointDecisionMapping(),
                    new SnapshotTakenMapping())
            .stream()
            .collect(Collectors.toMap(AvroMapping::eventType, Function.identity()));

    private AvroMappings() {}

    @SuppressWarnings("unchecked") // the map's key is the mapping's own event type
    public static <E> AvroMapping<E, ?> of(Class<E> eventType) {
        var mapping = BY_EVENT.get(eventType);
        if (mapping == null) {
            throw new IllegalArgumentException("no Avro mapping for event " + eventType.getName() + "; known: "
                    + BY_EVENT.keySet().stream()
                            .map(Class::getSimpleName)
                            .sorted()
                            .toList());
        }
        return (AvroMapping<E, ?>) mapping;
    }
}
