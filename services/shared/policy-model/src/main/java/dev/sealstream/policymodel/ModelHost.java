package dev.sealstream.policymodel;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Lesson;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.WeightsHash;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.TransientFaultException;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.policymodel.VersionWeights.Step;

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
    private final ArtifactStore artifacts;
    private final SnapshotFiles files;
    private final AdapterLoader adapters;
    private final VersionWeights weights;
    private final Map<String, LanguageModel> folded = new LinkedHashMap<>(4, 0.75f, true);

    /** One that adds up every version from the base. */
    public ModelHost(LanguageModel base, Lineages lineages, ArtifactStore artifacts) {
        this(base, lineages, artifacts, Snapshots.NONE, null);
    }

    /**
     * One that begins with the nearest snapshot on the way to a version.
     *
     * @param base owned by this host from now on and closed with it
     * @param files where snapshots are kept on this machine
     */
    public ModelHost(
            LanguageModel base, Lineages lineages, ArtifactStore artifacts, Snapshots snapshots, SnapshotFiles files) {
        this.base = base;
        this.lineages = lineages;
        this.artifacts = artifacts;
        this.files = files;
        this.adapters = new AdapterLoader(artifacts);
        this.weights = new VersionWeights(base, adapters, snapshots, files);
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
                taught.stream()
                        .map(release -> adapters.load(release.candidate().delta()))
                        .toList());
    }

    /** A version with one more delta, outside the cache. The caller closes the model. */
    public HeldModel apply(String lineage, HeldModel foundation, AdapterReference reference, LoraAdapter delta) {
        var known = lineages.lineage(lineage);
        // not from the head's own weights, so that the deltas of a chain add up before anything is rounded
        return new HeldModel(
                known.nextVersion(),
                WeightsHash.chain(foundation.weightsHash(), reference.sha256()),
                weights.model(Step.to(known, foundation.version()), List.of(delta)));
    }

    /**
     * Writes snapshots of what this host holds; may be used by another thread.
     *
     * @param every as {@link SnapshotWriter} takes it
     * @throws IllegalStateException if this host was made without a directory for snapshots
     */
    public SnapshotWriter snapshotWriter(int every) {
        if (files == null) {
            throw new IllegalStateException("this model host has no directory for snapshots; make it with one");
        }
        return new SnapshotWriter(weights, lineages, artifacts, files, every);
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
            model = weights.model(Step.to(lineage, version), List.of());
            folded.put(hash, model);
            dropEldest();
        }
        return new HeldModel(version, hash, model);
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
}
