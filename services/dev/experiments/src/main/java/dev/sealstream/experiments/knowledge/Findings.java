package dev.sealstream.experiments.knowledge;

import dev.sealstream.devstack.demo.RoundProgress;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Reliability;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.experiments.statistics.BestOf;
import dev.sealstream.experiments.statistics.Scores;
import dev.sealstream.experiments.statistics.Summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Turns what the topics hold into what the experiment found. */
final class Findings {
    private static final int BINS = 10;

    private final KnowledgeSettings settings;
    private final ExperimentDocuments documents;
    private final Schedule schedule;
    private final Ledger ledger;
    private final List<String> notes = new ArrayList<>();

    Findings(KnowledgeSettings settings, ExperimentDocuments documents, Schedule schedule, Ledger ledger) {
        this.settings = settings;
        this.documents = documents;
        this.schedule = schedule;
        this.ledger = ledger;
    }

    KnowledgeFindings all() {
        Row nothing = new Row("nothing", scores(this::baseline), "");
        Row passage = new Row("passage only", scores(datum -> written(datum, WrittenEdits.PASSAGE_ONLY)), "");
        Row base = new Row("base policy's edits", scores(datum -> mean(datum, 0)), "");
        Row best = new Row("best of " + settings.edits() + " by true reward", scores(datum -> best(datum, false)), "");
        Row ideal = new Row("ideal edit", scores(datum -> written(datum, WrittenEdits.IDEAL_EDIT)), "");
        var after = after(base);
        Row last = after.get(after.size() - 1);

        var rows = new ArrayList<>(List.of(nothing, passage, base));
        rows.addAll(after);
        rows.add(best);
        rows.add(ideal);
        rows.removeIf(row -> row.scores().isEmpty());

        var differences = new ArrayList<KnowledgeFindings.Difference>();
        Row.difference(differences, passage, nothing);
        Row.difference(differences, base, passage);
        after.forEach(row -> Row.difference(differences, row, base));
        for (int i = 1; i < after.size(); i++) {
            Row.difference(differences, after.get(i), after.get(i - 1));
        }
        Row.difference(differences, best, base);
        Row.difference(differences, ideal, base);

        noteMissing();
        var naive = scores(datum -> best(datum, true));
        return new KnowledgeFindings(
                rows.stream().map(Row::arm).toList(),
                differences,
                gain(base, last, best),
                naive.isEmpty() ? null : naive.summary(),
                rounds(),
                distributions(),
                reliability(),
                new Examples(documents, ledger, finalVersion()).of(last.scores().minus(base.scores()), examined(rows)),
                new CorpusFindings(settings, schedule, ledger).of(nothing.scores()),
                ledger.weights(),
                List.copyOf(notes));
    }

    private long finalVersion() {
        return ledger.versionAfter(settings.rounds());
    }

    private static Map<String, Scores> examined(List<Row> rows) {
        var examined = new LinkedHashMap<String, Scores>();
        rows.forEach(row -> examined.put(row.name(), row.scores()));
        return examined;
    }

    /** One row a round. Where the gate rejected the round, the policy is still the one before, and so are its numbers. */
    private List<Row> after(Row base) {
        var rows = new ArrayList<Row>();
        Scores current = base.scores();
        for (int round = 1; round <= settings.rounds(); round++) {
            String note = "";
            if (schedule.headMoved(ledger, round)) {
                long version = ledger.versionAfter(round);
                current = scores(datum -> mean(datum, version));
            } else {
                note = "not released: the policy is the one before";
            }
            rows.add(new Row("after round " + round, current, note));
        }
        return rows;
    }

    private Scores scores(Function<NewData, Optional<Double>> score) {
        var byDocument = new TreeMap<String, Double>();
        documents.heldOut().forEach(datum -> score.apply(datum)
                .ifPresent(value -> byDocument.put(datum.dataId(), value)));
        return new Scores(byDocument);
    }

    private Optional<Double> baseline(NewData datum) {
        return group(datum, 0).stream()
                .map(Rollout::baseline)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Optional<Double> mean(NewData datum, long version) {
        var means = group(datum, version).stream()
                .filter(Rollout::hasScores)
                .mapToDouble(Rollout::mean)
                .average();
        return means.isPresent() ? Optional.of(means.getAsDouble()) : Optional.empty();
    }

    private Optional<Double> written(NewData datum, String name) {
        return ledger.rollouts(Ids.writtenGroup(datum.dataId(), 0, name)).stream()
                .filter(Rollout::hasScores)
                .map(Rollout::mean)
                .findFirst();
    }

    /** Only where every self-edit of the group has its scores: a best of fewer is another quantity. */
    private Optional<Double> best(NewData datum, boolean naively) {
        var scores = group(datum, 0).stream()
                .filter(Rollout::hasScores)
                .map(Rollout::scores)
                .toList();
        if (scores.size() < settings.edits()) {
            return Optional.empty();
        }
        return Optional.of(naively ? BestOf.naive(scores) : BestOf.crossFitted(scores));
    }

    private List<Rollout> group(NewData datum, long version) {
        return ledger.rollouts(Ids.rolloutGroup(datum.dataId(), version));
    }

    private static KnowledgeFindings.Gain gain(Row base, Row last, Row best) {
        var learnt = last.scores().minus(base.scores());
        var reachable = best.scores().minus(base.scores());
        if (learnt.isEmpty() || reachable.isEmpty()) {
            return null;
        }
        double numerator = learnt.summary().mean();
        double denominator = reachable.summary().mean();
        return new KnowledgeFindings.Gain(
                numerator, denominator, denominator > 0 ? Double.valueOf(numerator / denominator) : null);
    }

    private List<KnowledgeFindings.Round> rounds() {
        var rounds = new ArrayList<KnowledgeFindings.Round>();
        for (int number = 1; number <= settings.rounds(); number++) {
            var progress = ledger.round(number);
            var endings = new TreeMap<String, Long>();
            progress.rewards().endings().forEach((ending, count) -> endings.put(ending.name(), count));
            rounds.add(new KnowledgeFindings.Round(
                    number,
                    documents.rounds().get(number - 1).size(),
                    summary(progress, reward -> true),
                    summary(progress, RewardAssigned::selected),
                    endings,
                    schedule.headMoved(ledger, number),
                    ledger.versionAfter(number),
                    reason(progress)));
        }
        return rounds;
    }

    private static String reason(RoundProgress progress) {
        var report = progress.report(0);
        if (report.decision() == null) {
            return "no self-edit of the round earned a reward, so there was nothing to learn from";
        }
        return report.decision() instanceof CheckpointDecision.RolledBack back ? back.reason() : report.reason();
    }

    private static Summary summary(RoundProgress progress, Predicate<RewardAssigned> which) {
        var values = rewards(progress, which);
        return values.isEmpty() ? null : Summary.of(values);
    }

    private static List<Double> rewards(RoundProgress progress, Predicate<RewardAssigned> which) {
        // In the order of their ids: the sum of doubles depends on the order.
        return progress.rewardsAssigned().stream()
                .filter(reward -> reward.reward() != null)
                .filter(which)
                .sorted((one, other) -> one.selfEditId().compareTo(other.selfEditId()))
                .map(RewardAssigned::reward)
                .toList();
    }

    private List<KnowledgeFindings.Distribution> distributions() {
        var distributions = new ArrayList<KnowledgeFindings.Distribution>();
        distributions.add(distribution("held-out, base policy", heldOutRewards(0)));
        for (int round = 1; round <= settings.rounds(); round++) {
            if (schedule.headMoved(ledger, round)) {
                distributions.add(
                        distribution("held-out, after round " + round, heldOutRewards(ledger.versionAfter(round))));
            }
        }
        for (int round = 1; round <= settings.rounds(); round++) {
            var progress = ledger.round(round);
            distributions.add(distribution("training, round " + round, rewards(progress, reward -> true)));
            distributions.add(distribution(
                    "training, round " + round + ", selected", rewards(progress, RewardAssigned::selected)));
        }
        return distributions;
    }

    private List<Double> heldOutRewards(long version) {
        return documents.heldOut().stream()
                .flatMap(datum -> group(datum, version).stream())
                .filter(Rollout::hasScores)
                .map(Rollout::mean)
                .toList();
    }

    private static KnowledgeFindings.Distribution distribution(String name, List<Double> rewards) {
        var counts = new Integer[BINS];
        Arrays.fill(counts, 0);
        rewards.forEach(reward -> counts[Math.min(BINS - 1, (int) (reward * BINS))]++);
        Double mean = rewards.isEmpty() ? null : Summary.of(rewards).mean();
        return new KnowledgeFindings.Distribution(name, List.of(counts), mean, rewards.size());
    }

    private List<KnowledgeFindings.RewardReliability> reliability() {
        var rows = new ArrayList<KnowledgeFindings.RewardReliability>();
        reliability(
                rows,
                "held-out, base policy",
                documents.heldOut().stream().map(datum -> group(datum, 0)).toList());
        for (int round = 1; round <= settings.rounds(); round++) {
            reliability(
                    rows,
                    "training, round " + round,
                    documents.rounds().get(round - 1).stream()
                            .flatMap(datum -> ledger.groupsOf(datum.dataId()).stream())
                            .toList());
        }
        return rows;
    }

    private static void reliability(
            List<KnowledgeFindings.RewardReliability> rows, String name, List<List<Rollout>> groups) {
        var measured = groups.stream()
                .map(group -> group.stream()
                        .filter(rollout -> rollout.isScored() && rollout.hasScores())
                        .map(rollout -> rollout.scores().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                        .toList())
                .toList();
        boolean compared = measured.stream().anyMatch(group -> group.size() >= 2);
        boolean repeated = measured.stream()
                .anyMatch(group -> group.size() >= 2 && group.stream().anyMatch(edit -> edit.length >= 2));
        if (compared && repeated) {
            var found = Reliability.of(measured);
            rows.add(new KnowledgeFindings.RewardReliability(
                    name, found.ofMeanOver(1), found.ofRewards(), found.selfEdits(), found.repeats()));
        }
    }

    private void noteMissing() {
        ledger.refused().forEach((document, reason) -> notes.add("document " + document + " is left out: " + reason));
        var reasons = new TreeMap<String, Integer>();
        int invalid = 0;
        for (var datum : documents.heldOut()) {
            for (var group : ledger.groupsOf(datum.dataId())) {
                for (var rollout : group) {
                    if (!rollout.hasScores()) {
                        reasons.merge(rollout.reason(), 1, Integer::sum);
                    } else if (!rollout.isScored()) {
                        invalid++;
                    }
                }
            }
        }
        if (invalid > 0) {
            notes.add(invalid + " held-out self-edits could not be trained on and count as 0");
        }
        reasons.forEach((reason, count) ->
                notes.add(count + (count == 1 ? " rollout is" : " rollouts are") + " left out: " + reason));
    }
}
