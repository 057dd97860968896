package dev.sealstream.policymodel;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the weights of a version are added up from: the nearest snapshot on the way to it and the deltas since, or the base and
 * all of them. Either gives the same bits. Deltas that are kept beside the weights are in no snapshot, so all of them are loaded.
 */
final class VersionWeights {
    private final LanguageModel base;
    private final AdapterLoader adapters;
    private final Snapshots snapshots;
    private final SnapshotFiles files;

    /** @param files null where snapshots are not used */
    VersionWeights(LanguageModel base, AdapterLoader adapters, Snapshots snapshots, SnapshotFiles files) {
        this.base = base;
        this.adapters = adapters;
        this.snapshots = snapshots;
        this.files = files;
    }

    /** One version on the way from the base, and the delta that made it of the one before. */
    record Step(long version, String weightsHash, AdapterReference delta) {

        static List<Step> to(Lineage lineage, long version) {
            return lineage.chain(version).stream()
                    .map(made -> new Step(
                            made.version(), made.weightsHash(), made.candidate().delta()))
                    .toList();
        }
    }

    /**
     * Where to begin, and what is left to add.
     *
     * @param snapshot null for the base
     * @param directory of the snapshot; null for the base
     * @param since the steps that the snapshot, or the base, does not cover
     */
    record Start(SnapshotTaken snapshot, Path directory, List<Step> since) {
        List<Long> keptBeside() {
            return snapshot == null ? List.of() : snapshot.beside();
        }
    }

    /** A new model with the weights of the last step and then further deltas. The caller closes it. */
    LanguageModel model(List<Step> steps, List<LoraAdapter> further) {
        var start = start(steps);
        Set<Long> left = new HashSet<>(start.keptBeside());
        start.since().forEach(step -> left.add(step.version()));
        var deltas = new ArrayList<LoraAdapter>();
        steps.stream()
                .filter(step -> left.contains(step.version()))
                .forEach(step -> deltas.add(adapters.load(step.delta())));
        deltas.addAll(further);
        return start.snapshot() == null ? base.merged(deltas) : base.mergedOnto(start.directory(), deltas);
    }

    /** Writes the weights of a start and further deltas, none of them kept beside the weights, unrounded. */
    void save(Start start, List<Step> merged, Path directory) {
        var deltas = merged.stream().map(step -> adapters.load(step.delta())).toList();
        if (start.snapshot() == null) {
            base.saveMerged(deltas, directory);
        } else {
            base.saveMergedOnto(start.directory(), deltas, directory);
        }
    }

    /** How many of the steps the newest snapshot covers, whether it can be read or not. */
    int covered(List<Step> steps) {
        var known = snapshots.byWeightsHash();
        for (int i = steps.size(); i > 0; i--) {
            if (known.containsKey(steps.get(i - 1).weightsHash())) {
                return i;
            }
        }
        return 0;
    }

    Start start(List<Step> steps) {
        if (files != null) {
            var known = snapshots.byWeightsHash();
            for (int i = steps.size() - 1; i >= 0; i--) {
                var snapshot = known.get(steps.get(i).weightsHash());
                Optional<Path> directory = snapshot == null ? Optional.empty() : files.directory(snapshot);
                if (directory.isPresent()) {
                    return new Start(snapshot, directory.get(), steps.subList(i + 1, steps.size()));
                }
            }
        }
        return new Start(null, null, steps);
    }
}
