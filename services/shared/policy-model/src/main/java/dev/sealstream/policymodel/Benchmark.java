package dev.sealstream.policymodel;

import dev.sealstream.domain.Accuracy;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Measurement;
import dev.sealstream.domain.NewData;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.TrainedAdapter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Measures a model on held-out documents: closed-book accuracy after no update, after the passage alone, and after the
 * model's own self-edits.
 *
 * <p>Seeds depend on the document and the sample alone, so a candidate and its parent face the same luck and their
 * difference, document by document, is less noisy than either.
 */
public final class Benchmark {
    /** Documents measured together; bounds the adapters in one joint pass to this times the samples. */
    private static final int DOCUMENTS_AT_ONCE = 8;

    private final SelfEditSampler sampler;
    private final InnerLoop innerLoop;
    private final Exam exam;
    private final int samples;

    /** @param samples self-edits (and passage-only adapters) a document; must equal the sampler's group size */
    public Benchmark(SelfEditSampler sampler, InnerLoop innerLoop, Exam exam, int samples) {
        this.sampler = sampler;
        this.innerLoop = innerLoop;
        this.exam = exam;
        this.samples = samples;
    }

    /** @param documents the benchmark; measured and reported in the order of their ids */
    public Measurement measure(HeldModel held, List<NewData> documents) {
        var ordered =
                documents.stream().sorted(Comparator.comparing(NewData::dataId)).toList();
        var scores = new ArrayList<DocumentScore>();
        for (int from = 0; from < ordered.size(); from += DOCUMENTS_AT_ONCE) {
            var some = ordered.subList(from, Math.min(from + DOCUMENTS_AT_ONCE, ordered.size()));
            scores.addAll(measureTogether(held.model(), some));
        }
        return new Measurement(held.weightsHash(), scores);
    }

    private List<DocumentScore> measureTogether(LanguageModel model, List<NewData> documents) {
        var untouched = exam.sit(
                model,
                documents.stream()
                        .map(document -> new Exam.Candidate(document, Prompt.NO_ADAPTER))
                        .toList(),
                List.of());
        var passages = accuracies(model, documents, passageTasks(model, documents));
        var selfEdits = accuracies(model, documents, selfEditTasks(model, documents));
        var scores = new ArrayList<DocumentScore>();
        for (int i = 0; i < documents.size(); i++) {
            scores.add(new DocumentScore(
                    documents.get(i).dataId(),
                    untouched.get(i).accuracy().doubleValue(),
                    passages.get(i),
                    selfEdits.get(i)));
        }
        return scores;
    }

    private List<AdapterTask> passageTasks(LanguageModel model, List<NewData> documents) {
        var tasks = new ArrayList<AdapterTask>();
        for (var document : documents) {
            String passage = document.title() + "\n" + document.context();
            for (int sample = 0; sample < samples; sample++) {
                long seed = InnerLoop.seed(document.dataId(), sample);
                tasks.add(innerLoop.task(model, document.dataId() + "/passage/" + sample, seed, List.of(passage)));
            }
        }
        return tasks;
    }

    private List<AdapterTask> selfEditTasks(LanguageModel model, List<NewData> documents) {
        var groupIds = documents.stream()
                .map(document -> document.dataId() + "/benchmark")
                .toList();
        var groups = sampler.sample(model, documents, groupIds);
        var tasks = new ArrayList<AdapterTask>();
        for (int i = 0; i < documents.size(); i++) {
            var document = documents.get(i);
            for (var selfEdit : groups.get(i)) {
                // An invalid edit teaches only its passage: the measured policy is to blame for writing it.
                var sequences = selfEdit.valid()
                        ? selfEdit.trainingSequences()
                        : List.of(document.title() + "\n" + document.context());
                long seed = InnerLoop.seed(document.dataId(), selfEdit.index());
                tasks.add(innerLoop.task(model, Ids.update(selfEdit.selfEditId(), 0), seed, sequences));
            }
        }
        return tasks;
    }

    /** Mean accuracy a document; the tasks are {@code samples} for each document, in order. */
    private List<Double> accuracies(LanguageModel model, List<NewData> documents, List<AdapterTask> tasks) {
        var trained = innerLoop.train(model, tasks);
        var candidates = new ArrayList<Exam.Candidate>();
        for (int adapter = 0; adapter < trained.size(); adapter++) {
            candidates.add(new Exam.Candidate(documents.get(adapter / samples), adapter));
        }
        var answers = exam.sit(
                model,
                candidates,
                trained.stream().map(TrainedAdapter::required).toList());
        var means = new ArrayList<Double>();
        for (int i = 0; i < documents.size(); i++) {
            means.add(meanAccuracy(answers.subList(i * samples, (i + 1) * samples)));
        }
        return means;
    }

    private static double meanAccuracy(List<Sitting> sittings) {
        return Accuracy.mean(sittings.stream().map(Sitting::accuracy).toList());
    }
}
