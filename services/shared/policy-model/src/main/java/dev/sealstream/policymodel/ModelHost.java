package dev.sealstream.policymodel;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Head;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.TransientFaultException;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.PeftFormat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private final Heads heads;
    private final AdapterLoader adapters;
    private final Map<String, LanguageModel> folded = new LinkedHashMap<>(4, 0.75f, true);

    /** @param base owned by this host from now on and closed with it */
    public ModelHost(LanguageModel base, Heads heads, ArtifactStore artifacts) {
        this.base = base;
        this.heads = heads;
        this.adapters = new AdapterLoader(artifacts);
    }

    /** The lineage's newest released version. */
    public HeldModel head(String lineage) {
        var head = heads.head(lineage);
        return at(head, head.version());
    }

    /**
     * The version that has exactly these weights.
     *
     * @throws TransientFaultException if the checkpoint log does not (yet) lead to these weights
     */
    public HeldModel version(String lineage, long version, String weightsHash) {
        var head = heads.head(lineage);
        if (version > head.version() || !hashAt(head, version).equals(weightsHash)) {
            throw new TransientFaultException("version " + version + " of lineage " + lineage + " with weights hash "
                    + weightsHash + " is not in the checkpoint log, whose head is version " + head.version()
                    + "; the log may lag behind, or the event was made with another base model");
        }
        return at(head, version);
    }

    /** How many versions the head is ahead of {@code version}. */
    public long staleness(String lineage, long version) {
        return heads.head(lineage).version() - version;
    }

    /** The candidate's parent with its delta, outside the cache. The caller closes the model. */
    public HeldModel apply(CandidateProposed candidate, HeldModel parent) {
        var delta = adapters.load(candidate.delta());
        if (!delta.isFinite()) {
            throw new IllegalArgumentException("delta of candidate " + candidate.candidateId()
                    + " holds NaN or infinite values; allowed: finite factors");
        }
        // from the base and not from the parent, so that the deltas of a chain add up before anything is rounded
        var deltas = deltas(heads.head(candidate.lineage()).releases().subList(0, (int) parent.version()));
        deltas.add(delta);
        return new HeldModel(parent.version() + 1, candidate.weightsHash(), base.merged(deltas));
    }

    public LoraAdapter adapter(AdapterReference reference) {
        return adapters.load(reference);
    }

    private HeldModel at(Head head, long version) {
        String hash = hashAt(head, version);
        if (version == 0) {
            return new HeldModel(0, hash, base);
        }
        var model = folded.get(hash);
        if (model == null) {
            model = base.merged(deltas(head.releases().subList(0, (int) version)));
            folded.put(hash, model);
            dropEldest();
        }
        return new HeldModel(version, hash, model);
    }

    private List<LoraAdapter> deltas(List<CheckpointDecision.Released> releases) {
        var deltas = new ArrayList<LoraAdapter>();
        releases.forEach(release -> deltas.add(adapters.load(release.candidate().delta())));
        return deltas;
    }

    private String hashAt(Head head, long version) {
        return version == 0
                ? base.weightsSha256()
                : head.releases().get((int) version - 1).weightsHash();
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
