package dev.sealstream.devstack.demo;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Estimate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a demo found, as the command line prints it and {@code --json} writes it. */
public record DemoReport(DemoSettings settings, List<RoundReport> rounds, ArmTable table, double seconds) {

    public DemoReport {
        rounds = List.copyOf(rounds);
    }

    /** Plain maps, lists and numbers, in the order a reader wants them. Accuracies and rewards are 0 to 1. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rounds", settings.rounds());
        map.put("passagesPerRound", settings.passages());
        map.put("benchmarkDocuments", settings.benchmark());
        map.put("seed", settings.seed());
        map.put("seconds", tenths(seconds));
        map.put("table", table.arms().stream().map(DemoReport::arm).toList());
        map.put(
                "pairedDifferences",
                table.differences().stream().map(DemoReport::difference).toList());
        map.put("rewards", rounds.stream().map(DemoReport::rewards).toList());
        map.put("decisions", rounds.stream().map(DemoReport::decision).toList());
        return map;
    }

    private static Map<String, Object> arm(ArmTable.Arm arm) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("arm", arm.name());
        putEstimate(map, arm.accuracy());
        return map;
    }

    private static Map<String, Object> difference(ArmTable.Difference difference) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("difference", difference.name());
        putEstimate(map, difference.difference());
        return map;
    }

    private static Map<String, Object> rewards(RoundReport round) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("round", round.number());
        map.put("documents", round.documents());
        map.put("all", estimate(round.rewards().all()));
        map.put("selected", estimate(round.rewards().selected()));
        map.put("endings", round.rewards().endings());
        return map;
    }

    private static Map<String, Object> decision(RoundReport round) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("round", round.number());
        map.put("candidateId", round.measured().candidate().candidateId());
        map.put("released", round.isReleased());
        if (round.decision() instanceof CheckpointDecision.VersionAdded added) {
            map.put("version", added.version());
            map.put("weightsHash", added.weightsHash());
        }
        map.put("reason", round.reason());
        map.put("seconds", tenths(round.seconds()));
        return map;
    }

    private static Map<String, Object> estimate(Optional<Estimate> estimate) {
        Map<String, Object> map = new LinkedHashMap<>();
        estimate.ifPresent(present -> putEstimate(map, present));
        return map;
    }

    private static void putEstimate(Map<String, Object> map, Estimate estimate) {
        map.put("mean", estimate.mean());
        // A single value has no standard error, and JSON no infinity.
        map.put("standardError", estimate.count() > 1 ? estimate.standardError() : null);
        map.put("n", estimate.count());
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
