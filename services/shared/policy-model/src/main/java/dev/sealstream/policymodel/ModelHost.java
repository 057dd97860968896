package dev.sealstream.policymodel;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.WeightsHash;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.TransientFaultException;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.PeftFormat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Holds the base weights and the few versions a worker needs, rebuilt from the checkpoint log.
 *
 * <p>Not thread-safe: a worker uses one model for one task at a time.
 */
public final class ModelHost implements AutoCloseable {
    /**
     * Folded versions kept beside the base. Two let a worker finish work of the previous version after a release without
     * folding again for each event; every further one costs a full set of weights.
     */
    private static final int FOLDED_VERSIONS_MAX = 2;

    private final LanguageModel base;
    private final Lineages lineages;
    private final AdapterLoader adapters;
    private final Map<String, LanguageModel> folded = new LinkedHashMap<>(4, 0.75f, true);

    /** @param base owned by this host from now on and closed with it */
    public ModelHost(LanguageModel base, Lineages lineages, ArtifactStore artifacts) {
        this.base = base;
        this.lineages = lineages;
        this.adapters = new AdapterLoader(artifacts);
    }

    /** The weights that every lineage begins with. */
    public LanguageModel base() {
        return base;
    }

    /** The lineage's head. */
    public HeldModel head(String lineage) {
        var known = lineages.lineage(lineage);
        return at(known, known.version());
    }

    /**
     * The version that writes self-edits for a datum: what is to teach the policy is written by the version that policy training
     * goes on from, everything else by the head.
     */
    public HeldModel writer(NewData datum) {
        return datum.mode() == DataMode.TRAIN ? nextParent(datum.lineage()) : head(datum.lineage());
    }

    /** The version that the next round of policy training starts from. */
    public HeldModel nextParent(String lineage) {
        var known = lineages.lineage(lineage);
        return at(known, known.nextParent());
    }

    /** The version that a candidate's delta is to be added to. */
    public HeldModel foundation(CandidateProposed candidate) {
        var known = lineages.lineage(candidate.lineage());
        return at(known, known.foundation(candidate));
    }

    /** Whether the archive search chooses where policy training goes on. */
    public boolean isSearching(String lineage) {
        return lineages.lineage(lineage).isSearching();
    }

    /**
     * The version that has exactly these weights; the head need not stand on it any more.
     *
     * @throws TransientFaultException if the checkpoint log does not (yet) lead to these weights
     */
    public HeldModel version(String lineage, long version, String weightsHash) {
        var known = lineages.lineage(lineage);
        if (!known.has(version) || !known.weightsHash(version).equals(weightsHash)) {
            throw new TransientFaultException("version " + version + " of lineage " + lineage + " with weights hash "
                    + weightsHash + " is not in the checkpoint log, whose newest version is "
                    + (known.nextVersion() - 1)
                    + "; the log may lag behind, or the event was made with another base model");
        }
        return at(known, version);
    }

    /**
     * How many versions work is behind what it is for: policy training for TRAIN data, else the head. Empty where that does not
     * go on from {@code version} any more, as after a roll-back.
     */
    public OptionalLong staleness(String lineage, DataMode mode, long version) {
        var known = lineages.lineage(lineage);
        return mode == DataMode.TRAIN ? known.policyStaleness(version) : known.staleness(version);
    }

    /** What the model has learnt for good, oldest first. */
    public List<Lesson> lessons(String lineage, HeldModel model) {
        return lineages.lineage(lineage).lessons(model.version());
    }

    /** The same with the deltas that taught it, as an update needs them that is not to overwrite it. */
    public Past past(String lineage, HeldModel model) {
        var taught = lineages.lineage(lineage).chain(model.version()).stream()
                .filter(release -> release.candidate().lesson() != null)
                .toList();
        return new Past(
                taught.stream()
                        .map(release -> release.candidate().lesson().trainingSequences())
                        .toList(),
                deltas(taught));
    }

    /** A version with one more delta, outside the cache. The caller closes the model. */
    public HeldModel apply(String lineage, HeldModel foundation, AdapterReference reference, LoraAdapter delta) {
        var known = lineages.lineage(lineage);
        // from the base and not from the head, so that the deltas of a chain add up before anything is rounded
        var deltas = deltas(known.chain(foundation.version()));
        deltas.add(delta);
        return new HeldModel(
                known.nextVersion(),
                WeightsHash.chain(foundation.weightsHash(), reference.sha256()),
                base.merged(deltas));
    }

    public LoraAdapter adapter(AdapterReference reference) {
        return adapters.load(reference);
    }

    private HeldModel at(Lineage lineage, long version) {
        String hash = lineage.weightsHash(version);
        if (version == 0) {
            return new HeldModel(0, hash, base);
        }
        var model = folded.get(hash);
        if (model == null) {
            model = base.merged(deltas(lineage.chain(version)));
            folded.put(hash, model);
            dropEldest();
        }
        return new HeldModel(version, hash, model);
    }

    private List<LoraAdapter> deltas(List<CheckpointDecision.VersionAdded> chain) {
        var deltas = new ArrayList<LoraAdapter>();
        chain.forEach(version -> deltas.add(adapters.load(version.candidate().delta())));
        return deltas;
    }

    private void dropEldest() {
        if (folded.size() > FOLDED_VERSIONS_MAX) {
            var eldest = folded.entrySet().iterator().next();
            eldest.getValue().close();
            folded.remove(eldest.getKey());
        }
    }

    @Override
    public void close() {
        folded.values().forEach(LanguageModel::close);
        folded.clear();
        base.close();
    }

    /** Reads adapters by reference and proves that they are what the reference says. */
    private record AdapterLoader(ArtifactStore artifacts) {
        LoraAdapter load(AdapterReference reference) {
            return PeftFormat.read(artifacts.get(reference.configuration()), artifacts.get(reference.weights()));
        }
    }
}
