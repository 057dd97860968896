package dev.sealstream.checkpointgate;

import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

/** Counts and logs what the gate does; decisions are rare enough for a line each. */
final class GateMetrics implements GateListener {
    private static final Logger LOG = Logger.getLogger(GateMetrics.class);

    private final MeterRegistry registry;

    GateMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void decided(CheckpointDecision decision) {
        if (decision instanceof CheckpointDecision.Released released) {
            registry.counter("seal.checkpoints.released").increment();
            LOG.infof(
                    "lineage=%s candidateId=%s released as version=%d: %s",
                    released.lineage(), released.candidate().candidateId(), released.version(), released.reason());
        } else if (decision instanceof CheckpointDecision.Rejected rejected) {
            registry.counter("seal.checkpoints.rejected").increment();
            LOG.infof(
                    "lineage=%s candidateId=%s rejected: %s",
                    rejected.lineage(), rejected.candidate().candidateId(), rejected.reason());
        }
    }

    @Override
    public void held(CandidateProposed candidate) {
        registry.counter("seal.candidates.held").increment();
        LOG.infof("lineage=%s candidateId=%s waits for approval", candidate.lineage(), candidate.candidateId());
    }

    @Override
    public void repeatIgnored(String candidateId) {
        registry.counter("seal.candidates.repeats").increment();
        LOG.debugf("candidateId=%s was decided before or is held; ignored", candidateId);
    }

    @Override
    public void deadLettered(String topic, String reason) {
        registry.counter("seal.gate.dead.letters", "topic", topic).increment();
        LOG.warnf("record of %s sent to the dead letters: %s", topic, reason);
    }
}
