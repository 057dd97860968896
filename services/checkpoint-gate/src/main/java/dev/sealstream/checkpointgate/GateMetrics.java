package dev.sealstream.checkpointgate;

import dev.sealstream.domain.Alarm;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.CheckpointDecision;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

/** Counts and logs what the gate does; decisions are rare enough for a line each. */
final class GateMetrics implements GateListener {
    private static final Logger LOG = Logger.getLogger(GateMetrics.class);

    private final GateMeters meters;

    GateMetrics(MeterRegistry registry) {
        this.meters = new GateMeters(registry);
    }

    @Override
    public void decided(CheckpointDecision decision) {
        if (decision instanceof CheckpointDecision.Released released) {
            meters.released(released.candidate(), released.evidence());
            LOG.infof(
                    "lineage=%s candidateId=%s released as version=%d: %s",
                    released.lineage(), released.candidate().candidateId(), released.version(), released.reason());
        } else if (decision instanceof CheckpointDecision.Archived archived) {
            meters.archived(archived.candidate(), archived.evidence());
            LOG.infof(
                    "lineage=%s candidateId=%s archived as version=%d: %s",
                    archived.lineage(), archived.candidate().candidateId(), archived.version(), archived.reason());
        } else if (decision instanceof CheckpointDecision.ParentChosen choice) {
            LOG.infof(
                    "lineage=%s policy training goes on from version=%d, chosen with probability %.3f",
                    choice.lineage(), choice.version(), choice.probability());
        } else if (decision instanceof CheckpointDecision.Rejected rejected) {
            meters.rejected(rejected);
            LOG.infof(
                    "lineage=%s candidateId=%s rejected: %s",
                    rejected.lineage(), rejected.candidate().candidateId(), rejected.reason());
        } else if (decision instanceof CheckpointDecision.Held held) {
            meters.count(GateMeters.HELD);
            LOG.infof(
                    "lineage=%s candidateId=%s waits for a person",
                    held.lineage(), held.candidate().candidateId());
        } else if (decision instanceof CheckpointDecision.RolledBack rolledBack) {
            meters.count(GateMeters.ROLLED_BACK);
            LOG.infof(
                    "lineage=%s head moved to version=%d by %s: %s",
                    rolledBack.lineage(), rolledBack.toVersion(), rolledBack.by(), rolledBack.reason());
        }
    }

    @Override
    public void measuredAgain(CandidateProposed candidate) {
        meters.count(GateMeters.MEASURED_AGAIN);
        LOG.infof(
                "lineage=%s candidateId=%s met a head that has moved; it is measured again",
                candidate.lineage(), candidate.candidateId());
    }

    @Override
    public void learntAgain(CandidateProposed candidate) {
        meters.count(GateMeters.LEARNT_AGAIN);
        LOG.infof(
                "lineage=%s candidateId=%s does not add up with the head; its lesson is learnt again",
                candidate.lineage(), candidate.candidateId());
    }

    @Override
    public void alarmed(CandidateProposed candidate, Alarm alarm) {
        meters.alarmed(candidate, alarm);
        LOG.warnf(
                "lineage=%s candidateId=%s guard=%s: %s",
                candidate.lineage(), candidate.candidateId(), alarm.guard(), alarm.finding());
    }

    @Override
    public void repeatIgnored(String candidateId) {
        meters.count(GateMeters.REPEATS);
        LOG.debugf("candidateId=%s was decided before or is held; ignored", candidateId);
    }

    @Override
    public void deadLettered(String topic, String reason) {
        meters.deadLettered(topic);
        LOG.warnf("record of %s sent to the dead letters: %s", topic, reason);
    }
}
