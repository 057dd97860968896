package dev.sealstream.evaluator;

import dev.sealstream.domain.BenchmarkMeasured;
import dev.sealstream.domain.CandidateProposed;
import dev.sealstream.domain.DeltaSize;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Emissions;
import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.Result;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.safetensors.SafetensorsException;
import dev.sealstream.policymodel.Benchmark;
import dev.sealstream.policymodel.Divergence;
import dev.sealstream.policymodel.HeldModel;
import dev.sealstream.policymodel.ModelHost;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Candidates become measurements: the head of the moment, and what a release of the candidate would serve, meet the same
 * held-out documents with the same seeds and the same questions about data learnt for good. A release would serve the head with
 * the candidate's delta, whatever the delta was trained on; or, where the archive search branched off, the candidate's parent
 * with it. The head's measurement is kept, since it is often the next candidate's too.
 */
final class CandidatePipeline implements Stage<CandidateProposed> {
    /** A head, its candidates and a few siblings; a measurement is small, the model behind it is not kept. */
    private static final int MEASUREMENTS_MAX = 16;

    private final ModelHost models;
    private final SentData sent;
    private final Benchmark benchmark;
    private final int knowledgeDocuments;
    private final StagedBenchmark staged;
    private final KnowledgeExam knowledge;
    private final Divergence divergence;
    private final BoundedMemory<MeasurementKey, Measurement> memory = new BoundedMemory<>(MEASUREMENTS_MAX);

    /** What a measurement depends on. */
    private record MeasurementKey(String weightsHash, List<NewData> documents) {}

    /** @param knowledgeDocuments how many held-out documents a knowledge candidate is measured on */
    CandidatePipeline(
            ModelHost models,
            SentData sent,
            Benchmark benchmark,
            int knowledgeDocuments,
            StagedBenchmark staged,
            KnowledgeExam knowledge,
            Divergence divergence) {
        this.models = models;
        this.sent = sent;
        this.benchmark = benchmark;
        this.knowledgeDocuments = knowledgeDocuments;
        this.staged = staged;
        this.knowledge = knowledge;
        this.divergence = divergence;
    }

    @Override
    public Result process(CandidateProposed candidate) {
        // The model host serves one task at a time; the evaluation pipeline shares it.
        synchronized (models) {
            return Result.emit(new Emissions().add(Topics.BENCHMARKS, measured(candidate)));
        }
    }

    private BenchmarkMeasured measured(CandidateProposed candidate) {
        sent.refresh();
        var head = models.head(candidate.lineage());
        try {
            return measured(candidate, head);
        } catch (Unmeasurable unmeasurable) {
            return BenchmarkMeasured.failed(candidate, head.version(), unmeasurable.getMessage());
        }
    }

    private BenchmarkMeasured measured(CandidateProposed candidate, HeldModel head) {
        var heldOut = heldOut(candidate, head);
        var own = own(candidate);
        var delta = delta(candidate);
        var data = knowledge.data(candidate, own, models.lessons(candidate.lineage(), head), sent);
        var foundation = models.foundation(candidate);
        try (var subject = subject(candidate, foundation, delta)) {
            var both = models.isSearching(candidate.lineage()) && candidate.kind() == CandidateProposed.Kind.POLICY
                    ? staged.compare(heldOut, documents -> compared(head, subject, documents))
                    : compared(head, subject, heldOut);
            var before = knowledge.sit(head.model(), data);
            var after = knowledge.sit(subject.model(), data);
            return new BenchmarkMeasured(
                    candidate,
                    head.version(),
                    foundation.version(),
                    own,
                    both.head().withKnowledge(KnowledgeExam.scores(data, before)),
                    both.subject().withKnowledge(KnowledgeExam.scores(data, after)),
                    size(delta),
                    divergence.of(foundation.model(), subject.model(), heldOut),
                    knowledge.answers(data, before, after),
                    null);
        }
    }

    private List<NewData> heldOut(CandidateProposed candidate, HeldModel head) {
        var heldOut = sent.heldOut(candidate.lineage(), head.model());
        if (heldOut.isEmpty()) {
            throw new Unmeasurable("no BENCHMARK document of lineage " + candidate.lineage()
                    + " was sent; send some with mode BENCHMARK");
        }
        return candidate.kind() == CandidateProposed.Kind.POLICY ? heldOut : SentData.some(heldOut, knowledgeDocuments);
    }

    /** What a knowledge candidate is to teach, as people sent it, with the base model's questions where they sent none. */
    private NewData own(CandidateProposed candidate) {
        if (candidate.lesson() == null) {
            return null;
        }
        String dataId = candidate.lesson().dataId();
        var own = sent.toLearn(dataId)
                .filter(datum -> datum.lineage().equals(candidate.lineage()))
                .orElseThrow(() -> new Unmeasurable("no ADAPT datum " + dataId + " of lineage " + candidate.lineage()
                        + " was sent, so nobody asked for what this candidate teaches"));
        if (own.questions().isEmpty()) {
            throw new Unmeasurable(
                    "datum " + dataId + " came without questions, and the base model agreed with itself on none"
                            + " about it; send the datum again with questions");
        }
        return own;
    }

    private LoraAdapter delta(CandidateProposed candidate) {
        try {
            var delta = models.adapter(candidate.delta());
            if (delta.isFinite()) {
                return delta;
            }
        } catch (InvalidEventException unreadable) {
            throw new Unmeasurable(unreadable.getMessage());
        } catch (IllegalArgumentException | SafetensorsException unreadable) {
            throw new Unmeasurable("delta cannot be read: " + unreadable.getMessage());
        }
        throw new Unmeasurable("delta of candidate " + candidate.candidateId()
                + " holds NaN or infinite values; allowed: finite factors");
    }

    private HeldModel subject(CandidateProposed candidate, HeldModel foundation, LoraAdapter delta) {
        try {
            return models.apply(candidate.lineage(), foundation, candidate.delta(), delta);
        } catch (IllegalArgumentException doesNotFit) {
            throw new Unmeasurable(doesNotFit.getMessage());
        }
    }

    private static DeltaSize size(LoraAdapter delta) {
        var change = delta.weightChange();
        return new DeltaSize(change.frobeniusNorm(), change.largestSingularValue(), change.normPerModule());
    }

    /** Two models share nothing, so the head is measured beside the candidate. */
    private StagedBenchmark.Pair compared(HeldModel head, HeldModel subject, List<NewData> documents) {
        var beside = CompletableFuture.supplyAsync(() -> measurement(head, documents));
        var ofSubject = measurement(subject, documents);
        return new StagedBenchmark.Pair(joined(beside), ofSubject);
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
        return memory.recall(new MeasurementKey(model.weightsHash(), heldOut), () -> benchmark.measure(model, heldOut));
    }

    /** Why a candidate cannot be measured; the gate rejects it with these words. */
    private static final class Unmeasurable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unmeasurable(String reason) {
            super(reason);
        }
    }
}
