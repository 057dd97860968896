package dev.sealstream.evaluator;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.policymodel.Benchmark;
import dev.sealstream.policymodel.HeldModel;
import dev.sealstream.policymodel.ModelHost;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Candidates become measurements: the parent and the parent with the candidate's delta meet the same held-out documents
 * with the same seeds. The parent's measurement is kept, since it is often the next candidate's too.
 */
final class BenchmarkPipeline implements Stage<CandidateProposed> {
    /** A head, its candidates and a few siblings; a measurement is small, the model behind it is not kept. */
    private static final int MEASUREMENTS_MAX = 16;

    private final ModelHost models;
    private final BenchmarkDocuments documents;
    private final Benchmark benchmark;
    private final BoundedMemory<Measured, Measurement> memory = new BoundedMemory<>(MEASUREMENTS_MAX);

    private record Measured(String weightsHash, List<NewData> documents) {}

    BenchmarkPipeline(ModelHost models, BenchmarkDocuments documents, Benchmark benchmark) {
        this.models = models;
        this.documents = documents;
        this.benchmark = benchmark;
    }

    @Override
    public Result process(CandidateProposed candidate) {
        // The model host serves one task at a time; the evaluation pipeline shares it.
        synchronized (models) {
            return Result.emit(new Emissions().add(Topics.BENCHMARKS, measured(candidate)));
        }
    }

    private BenchmarkMeasured measured(CandidateProposed candidate) {
        var parent = models.version(candidate.lineage(), candidate.parentVersion(), candidate.parentWeightsHash());
        var heldOut = documents.of(candidate.lineage(), parent.model());
        if (heldOut.isEmpty()) {
            return failed(
                    candidate,
                    "no BENCHMARK document of lineage " + candidate.lineage()
                            + " was sent; send some with mode BENCHMARK");
        }
        HeldModel subject;
        try {
            subject = models.apply(candidate, parent);
        } catch (IllegalArgumentException unusable) {
            return failed(candidate, unusable.getMessage());
        }
        try (subject) {
            // Two models share nothing, so the parent is measured beside the candidate.
            var parentMeasurement = CompletableFuture.supplyAsync(() -> measurement(parent, heldOut));
            var subjectMeasurement = measurement(subject, heldOut);
            return new BenchmarkMeasured(candidate, joined(parentMeasurement), subjectMeasurement, null);
        }
    }

    /** A fault keeps its kind: a grader that is away is worth another try. */
    private static Measurement joined(CompletableFuture<Measurement> measurement) {
        try {
            return measurement.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }

    private Measurement measurement(HeldModel model, List<NewData> heldOut) {
        var measured = new Measured(model.weightsHash(), List.copyOf(heldOut));
        return memory.recall(measured, () -> benchmark.measure(model, heldOut));
    }

    private static BenchmarkMeasured failed(CandidateProposed candidate, String reason) {
        return new BenchmarkMeasured(candidate, null, null, reason);
    }
}
