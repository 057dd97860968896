package dev.sealstream.benchmarks;

import dev.sealstream.domain.Ids;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.policymodel.HeldModel;
import dev.sealstream.policymodel.SamplingSettings;
import dev.sealstream.policymodel.SelfEditSampler;
import dev.sealstream.tinyworld.TinyModel;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a second update worker is worth: rollout groups a second that one worker learns, and two that share the topic. Each
 * worker is a process held to one core, on which broker and registry work as well. What the machine itself gives for a second
 * core is measured before: cores that share a processor's power do not double it.
 */
final class ScalingBenchmark implements Benchmark {
    private static final int EDITS = 5;
    private static final int DOCUMENTS = 16;
    private static final String ONE = "one";
    private static final String TWO = "two";

    @Override
    public String name() {
        return "scaling";
    }

    @Override
    public String summary() {
        return "rate of two update workers that share a topic, against one, each held to one core";
    }

    @Override
    public BenchmarkReport run(BenchmarkSettings settings, Progress progress) throws Exception {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return new BenchmarkReport(List.of(), Map.of(), List.of("Not measured: this machine has a single core."));
        }
        var model = TinyModel.unpack(settings.directory().resolve("tiny"));
        progress.doing("the tiny model writes self-edits");
        var written = written(model);
        var groups = Stream.iterate(0, next -> next + 1).map(number -> renamed(written, number));
        var cores = new Interleaved()
                .measured(ONE, () -> CoreSpeed.stepsPerSecond(1))
                .measured(TWO, () -> CoreSpeed.stepsPerSecond(2))
                .medians(settings.repeats(), progress);
        var state = settings.directory().resolve("scaling");
        try (var pair = WorkerPair.start(settings.root(), state, model, groups)) {
            var workers = new Interleaved()
                    .measured(ONE, () -> pair.groupsPerSecond(1))
                    .measured(TWO, () -> pair.groupsPerSecond(2))
                    .mediansWithoutWarmUp(settings.repeats(), progress);
            return report(workers, cores);
        }
    }

    private static List<SelfEditsProposed> written(Path directory) {
        var sampler = new SelfEditSampler(new SamplingSettings(EDITS, 1.0, 0.95, 200));
        try (var model = LanguageModel.load(directory, LoadOptions.cpu(1))) {
            var base = new HeldModel(0, model.weightsSha256(), model);
            return TinyWorldDocuments.training(1, DOCUMENTS).stream()
                    .map(TinyWorldDocument::newData)
                    .map(datum -> sampler.propose(base, datum))
                    .toList();
        }
    }

    /** The documents' groups again and again, each time under another id, since an id is worked on once. */
    private static SelfEditsProposed renamed(List<SelfEditsProposed> written, int number) {
        var group = written.get(number % written.size());
        String id = Ids.writtenGroup(group.datum().dataId(), group.policyVersion(), "scaling-" + number);
        return new SelfEditsProposed(
                id,
                group.datum(),
                group.policyVersion(),
                group.weightsHash(),
                group.prompt(),
                group.selfEdits().stream().map(edit -> renamed(edit, id)).toList());
    }

    private static SelfEdit renamed(SelfEdit edit, String groupId) {
        return new SelfEdit(
                Ids.selfEdit(groupId, edit.index()),
                edit.index(),
                edit.completion(),
                edit.trainingSequences(),
                edit.invalidReason(),
                edit.tokens(),
                edit.logProbabilities());
    }

    private static BenchmarkReport report(Map<String, Double> workers, Map<String, Double> cores) {
        var ratios = new LinkedHashMap<String, Double>();
        ratios.put("two update workers against one", workers.get(TWO) / workers.get(ONE));
        ratios.put("two cores against one", cores.get(TWO) / cores.get(ONE));
        return new BenchmarkReport(
                List.of(
                        table("update workers, each on a core", "groups/s", workers),
                        table("cores, with nothing in common", "steps/s", cores)),
                ratios,
                List.of(
                        "A group: " + EDITS
                                + " self-edits the tiny model wrote, an adapter for each repeat, from the topic to"
                                + " the committed event. The clock runs while every worker has work: from the "
                                + WorkerPair.WARM_UP + "th group of the slower one until " + WorkerPair.MEASURED
                                + " a worker are done.",
                        "Broker, registry and this program work on the same cores: beside one worker they have the other core"
                                + " for themselves."));
    }

    private static Table table(String what, String unit, Map<String, Double> medians) {
        return new Table(what, unit, "× one")
                .row(ONE, medians.get(ONE), 1.0)
                .row(TWO, medians.get(TWO), medians.get(TWO) / medians.get(ONE));
    }
}
