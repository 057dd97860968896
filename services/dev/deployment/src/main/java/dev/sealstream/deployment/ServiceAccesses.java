package dev.sealstream.deployment;

import java.util.List;
import java.util.Set;

import static dev.sealstream.eventstreaming.Topics.APPROVALS;
import static dev.sealstream.eventstreaming.Topics.BENCHMARKS;
import static dev.sealstream.eventstreaming.Topics.CANDIDATES;
import static dev.sealstream.eventstreaming.Topics.CHECKPOINTS;
import static dev.sealstream.eventstreaming.Topics.EXPERIENCES;
import static dev.sealstream.eventstreaming.Topics.NEW_DATA;
import static dev.sealstream.eventstreaming.Topics.OUTCOMES;
import static dev.sealstream.eventstreaming.Topics.REPEATS;
import static dev.sealstream.eventstreaming.Topics.REWARDS;
import static dev.sealstream.eventstreaming.Topics.SELF_EDITS;
import static dev.sealstream.eventstreaming.Topics.SNAPSHOTS;
import static dev.sealstream.eventstreaming.Topics.UPDATES;

/** Who does what on the broker. A test holds it against the services' code, their sources and {@code services/README.md}. */
public final class ServiceAccesses {
    private static final List<ServiceAccess> ALL = List.of(
            new ServiceAccess(
                    "self-edit-proposer",
                    List.of(Intake.of("self-edit-proposer", NEW_DATA)),
                    Set.of(CHECKPOINTS, SNAPSHOTS),
                    Set.of(SELF_EDITS),
                    false),
            new ServiceAccess(
                    "update-worker",
                    List.of(Intake.of("update-worker", SELF_EDITS), Intake.of("update-worker-repeats", REPEATS)),
                    Set.of(CHECKPOINTS, SNAPSHOTS),
                    Set.of(UPDATES, OUTCOMES),
                    false),
            new ServiceAccess(
                    "evaluator",
                    List.of(
                            Intake.of("evaluator", UPDATES),
                            Intake.of("evaluator-benchmarks", CANDIDATES),
                            Intake.of("snapshots", CHECKPOINTS)),
                    Set.of(CHECKPOINTS, SNAPSHOTS, NEW_DATA),
                    Set.of(OUTCOMES, REPEATS, BENCHMARKS, SNAPSHOTS),
                    false),
            new ServiceAccess(
                    "reward-emitter",
                    List.of(Intake.of("reward-emitter", OUTCOMES)),
                    Set.of(),
                    Set.of(REWARDS, EXPERIENCES, CANDIDATES),
                    true),
            new ServiceAccess(
                    "policy-trainer",
                    List.of(Intake.beginningWith("policy-trainer-", EXPERIENCES)),
                    Set.of(CHECKPOINTS, SNAPSHOTS),
                    Set.of(CANDIDATES),
                    false),
            new ServiceAccess(
                    "checkpoint-gate",
                    List.of(Intake.of("checkpoint-gate", BENCHMARKS), Intake.of("checkpoint-gate", APPROVALS)),
                    Set.of(),
                    Set.of(CHECKPOINTS, CANDIDATES, SELF_EDITS),
                    true),
            new ServiceAccess(
                    "console",
                    List.of(),
                    Set.of(REWARDS, CHECKPOINTS, CANDIDATES, BENCHMARKS),
                    Set.of(NEW_DATA, APPROVALS),
                    false));

    private ServiceAccesses() {}

    /** Every service, in the order of the loop. */
    public static List<ServiceAccess> all() {
        return ALL;
    }

    public static ServiceAccess of(String service) {
        return ALL.stream()
                .filter(access -> access.service().equals(service))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no service '" + service + "'; there are "
                        + ALL.stream().map(ServiceAccess::service).toList()));
    }
}
