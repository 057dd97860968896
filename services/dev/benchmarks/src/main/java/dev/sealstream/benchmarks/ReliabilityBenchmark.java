package dev.sealstream.benchmarks;

import dev.sealstream.domain.Reliability;
import dev.sealstream.domain.RepeatRule;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.ClosedBookExam;
import dev.sealstream.policymodel.Exam;
import dev.sealstream.policymodel.HeldModel;
import dev.sealstream.policymodel.InnerLoop;
import dev.sealstream.policymodel.InnerLoopSettings;
import dev.sealstream.policymodel.LogProbabilityExam;
import dev.sealstream.policymodel.Past;
import dev.sealstream.policymodel.PromptForm;
import dev.sealstream.policymodel.SamplingSettings;
import dev.sealstream.policymodel.SelfEditSampler;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How reliable the reward is for what it costs: real rollout groups of the tiny model, each self-edit trained and examined
 * as the services do, often enough that the first repeats are the reward and the last ones an independent second opinion.
 */
final class ReliabilityBenchmark implements Benchmark {
    private static final int EDITS = 5;
    private static final int REPEATS_MAX = 6;
    /** Of the second opinion. */
    private static final int CHECKS = 6;

    private static final int DOCUMENTS_A_ROUND = 10;
    private static final double SEALS_COST = 3.0;
    private static final LoraSettings LORA = new LoraSettings(16, 32, LoraSettings.ALL_LINEAR);
    private static final TrainingSettings TRAINING =
            new TrainingSettings(6, 0, 0.01, LearningRateDecay.NONE, 0.9, 0.99, 0.0, LossMean.TOKENS);

    @Override
    public String name() {
        return "reliability";
    }

    @Override
    public String summary() {
        return "reliability of the reward (intraclass correlation) against its cost, fixed and adaptive repeats";
    }

    @Override
    public BenchmarkReport run(BenchmarkSettings settings, Progress progress) {
        var documents = TinyWorldDocuments.training(1, DOCUMENTS_A_ROUND * settings.repeats());
        var exams = new LinkedHashMap<String, Exam>();
        exams.put("exact-match", new ClosedBookExam(16));
        exams.put("log-probability", new LogProbabilityExam(PromptForm.BASE));
        var groups = new LinkedHashMap<String, List<MeasuredGroup>>();
        exams.keySet().forEach(exam -> groups.put(exam, new ArrayList<>()));
        var directory = TinyModel.unpack(settings.directory().resolve("tiny"));
        try (var model = LanguageModel.load(directory, LoadOptions.cpu(settings.threads()))) {
            for (var document : documents) {
                progress.doing("group of " + document.title());
                measure(model, document, exams)
                        .forEach((exam, group) -> groups.get(exam).add(group));
            }
        }
        return report(groups);
    }

    /** By exam, one group: EDITS × (REPEATS_MAX + CHECKS) accuracies. */
    private static Map<String, MeasuredGroup> measure(
            LanguageModel model, TinyWorldDocument document, Map<String, Exam> exams) {
        var innerLoop = new InnerLoop(new InnerLoopSettings(LORA, TRAINING, REPEATS_MAX + CHECKS));
        var held = new HeldModel(0, model.weightsSha256(), model);
        var group = new SelfEditSampler(new SamplingSettings(EDITS, 1.0, 0.95, 200)).propose(held, document.newData());
        var wanted = innerLoop.firstUpdates(group);
        var adapters = innerLoop.train(held, group, wanted, Past.NONE).stream()
                .map(trained -> trained.required())
                .toList();
        var candidates = new ArrayList<Exam.Candidate>();
        for (int i = 0; i < adapters.size(); i++) {
            candidates.add(new Exam.Candidate(document.newData(), i));
        }
        var measured = new LinkedHashMap<String, MeasuredGroup>();
        exams.forEach((name, exam) -> {
            var sittings = exam.sit(model, candidates, adapters);
            measured.put(
                    name,
                    MeasuredGroup.of(
                            sittings,
                            REPEATS_MAX + CHECKS,
                            REPEATS_MAX,
                            document.questions().size()));
        });
        return measured;
    }

    private static BenchmarkReport report(Map<String, List<MeasuredGroup>> byExam) {
        var table = new Table(
                "grader", "repeats", "adapters an edit", "× cost of 3", "ICC", "agreement", "best found", "regret");
        var ratios = new LinkedHashMap<String, Double>();
        byExam.forEach((exam, groups) -> {
            for (int repeats = 1; repeats <= REPEATS_MAX; repeats++) {
                int fixed = repeats;
                row(
                        table,
                        ratios,
                        exam,
                        "fixed " + repeats,
                        groups.stream().map(group -> group.fixed(fixed)).toList());
            }
            for (int first = 2; first <= 3; first++) {
                for (double doubt : new double[] {0.05, 0.1, 0.2, 0.3}) {
                    int from = first;
                    var rule = new RepeatRule(REPEATS_MAX, 2, doubt);
                    row(
                            table,
                            ratios,
                            exam,
                            "adaptive " + first + "–" + REPEATS_MAX + ", doubt " + doubt,
                            groups.stream()
                                    .map(group -> group.adaptive(rule, from))
                                    .toList());
                }
            }
        });
        return new BenchmarkReport(
                List.of(table),
                ratios,
                List.of(
                        "ICC: intraclass correlation of the reward within groups, from the repeats themselves (one-way, Shrout and"
                                + " Fleiss 1979).",
                        "Agreement: covariance within groups of the reward with the mean of " + CHECKS
                                + " further repeats, over the reward's variance: its reliability where repeats share random"
                                + " numbers and are unequal in number.",
                        "Best found: share of groups whose selected self-edit is the second opinion's best; regret: how much"
                                + " worse, in the second opinion, the selected one is than that best."));
    }

    private static void row(
            Table table, Map<String, Double> ratios, String exam, String arm, List<MeasuredGroup.Reward> rewards) {
        var all = new ArrayList<List<double[]>>();
        rewards.forEach(reward -> all.add(reward.used()));
        double adapters = rewards.stream()
                .mapToDouble(MeasuredGroup.Reward::repeats)
                .average()
                .orElseThrow();
        boolean comparable = rewards.stream().anyMatch(reward -> reward.repeats() > 1);
        double correlation = comparable ? Reliability.of(all).ofRewards() : Double.NaN;
        double agreement = MeasuredGroup.agreement(rewards);
        table.row(
                exam,
                arm,
                adapters,
                adapters / SEALS_COST,
                correlation,
                agreement,
                rewards.stream()
                        .mapToDouble(MeasuredGroup.Reward::bestFound)
                        .average()
                        .orElseThrow(),
                rewards.stream()
                        .mapToDouble(MeasuredGroup.Reward::regret)
                        .average()
                        .orElseThrow());
        ratios.put(exam + ", " + arm + ": agreement", agreement);
    }
}
