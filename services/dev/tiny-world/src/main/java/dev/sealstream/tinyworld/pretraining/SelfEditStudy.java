package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.ExactMatch;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.Seeds;
import dev.sealstream.domain.SelfEditParser;
import dev.sealstream.languagemodel.AdapterTask;
import dev.sealstream.languagemodel.Completion;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoraAdapter;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.Prompt;
import dev.sealstream.languagemodel.Sampling;
import dev.sealstream.languagemodel.TrainedAdapter;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.tinyworld.TinyWorldDocument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Measures, without any service, what a model gets out of self-edits: the same procedure as the loop's, in one process.
 */
final class SelfEditStudy {
    /** Rank 16 on every linear layer; six full-batch steps, more blur the difference between good and bad edits. */
    static final LoraSettings INNER_LORA = new LoraSettings(16, 32, LoraSettings.ALL_LINEAR);

    static final TrainingSettings INNER_TRAINING =
            new TrainingSettings(6, 0, 1e-2, LearningRateDecay.NONE, .9, .99, 0, LossMean.TOKENS);

    /** Adapters trained in one joint forward; bounds memory. */
    private static final int GROUP = 10;

    private static final int EDIT_TOKENS_MAX = 256;
    private static final int ANSWER_TOKENS_MAX = 16;

    private final Set<Integer> stop;

    SelfEditStudy(LanguageModel model) {
        this.stop = Set.of(model.tokenizer().eosId());
    }

    /** One edit: what the policy wrote, as text and as tokens. */
    record Edit(TinyWorldDocument document, String text, int[] tokens) {
        List<String> lines() {
            return text.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /** Samples {@code perDocument} edits for each document, document by document. */
    List<Edit> sample(LanguageModel policy, List<TinyWorldDocument> documents, int perDocument, String seed) {
        var texts = new Texts(policy.tokenizer());
        var prompts = new ArrayList<Prompt>();
        for (TinyWorldDocument document : documents) {
            int[] tokens = texts.prompt(document.newData().prompt());
            for (int i = 0; i < perDocument; i++) {
                prompts.add(new Prompt(tokens, Seeds.of(seed + document.id() + "#" + i), Prompt.NO_ADAPTER));
            }
        }
        List<Completion> completions = policy.generate(prompts, new Sampling(1, .95, EDIT_TOKENS_MAX, stop), List.of());
        var edits = new ArrayList<Edit>();
        for (int i = 0; i < completions.size(); i++) {
            int[] tokens = completions.get(i).tokens();
            edits.add(
                    new Edit(documents.get(i / perDocument), policy.tokenizer().decode(tokens), tokens));
        }
        return edits;
    }

    /** Closed-book accuracy without any learning. */
    double[] withoutLearning(LanguageModel model, List<TinyWorldDocument> documents) {
        return answers(model, documents, List.of());
    }

    /** Closed-book accuracy after learning each edit together with its passage. */
    double[] afterLearning(LanguageModel model, List<Edit> edits, String seed) {
        double[] accuracies = new double[edits.size()];
        for (int from = 0; from < edits.size(); from += GROUP) {
            List<Edit> group = edits.subList(from, Math.min(from + GROUP, edits.size()));
            List<LoraAdapter> adapters =
                    model.trainAdapters(tasks(model, group, seed), INNER_LORA, INNER_TRAINING).stream()
                            .map(TrainedAdapter::required)
                            .toList();
            double[] part = answers(model, group.stream().map(Edit::document).toList(), adapters);
            System.arraycopy(part, 0, accuracies, from, part.length);
        }
        return accuracies;
    }

    /** One ReST-EM step: for each document the best edit (ties: the first) is learnt as a completion, and merged. */
    LanguageModel improve(LanguageModel policy, List<Edit> best, OuterSettings outer, long seed) {
        var texts = new Texts(policy.tokenizer());
        var sequences = best.stream()
                .map(edit -> texts.sequence(edit.document().newData().prompt(), edit.text()))
                .toList();
        var task = new AdapterTask("policy", seed, sequences);
        List<TrainedAdapter> trained = policy.trainAdapters(List.of(task), outer.lora(), outer.training());
        return policy.merged(List.of(trained.get(0).required()));
    }

    /** The outer loop's fine-tuning. */
    record OuterSettings(LoraSettings lora, TrainingSettings training) {
        static OuterSettings of(double learningRate, int epochs) {
            return new OuterSettings(
                    new LoraSettings(32, 64, LoraSettings.ALL_LINEAR),
                    new TrainingSettings(
                            epochs, 5, learningRate, LearningRateDecay.LINEAR, .9, .99, 0, LossMean.TOKENS));
        }
    }

    private List<AdapterTask> tasks(LanguageModel model, List<Edit> edits, String seed) {
        var texts = new Texts(model.tokenizer());
        return IntStream.range(0, edits.size())
                .mapToObj(i -> {
                    Edit edit = edits.get(i);
                    TinyWorldDocument document = edit.document();
                    var sequences = SelfEditParser.trainingSequences(
                                    PromptStyle.IMPLICATIONS, document.title(), document.context(), edit.text())
                            .stream()
                            .map(texts::sequence)
                            .toList();
                    String id = document.id() + "#" + i;
                    return new AdapterTask(id, Seeds.of(seed + id), sequences);
                })
                .toList();
    }

    /** Asks each document's questions of its own adapter, or of the bare model when there are no adapters. */
    private double[] answers(LanguageModel model, List<TinyWorldDocument> documents, List<LoraAdapter> adapters) {
        var texts = new Texts(model.tokenizer());
        var prompts = new ArrayList<Prompt>();
        for (int i = 0; i < documents.size(); i++) {
            for (Question question : documents.get(i).questions()) {
                int[] tokens =
                        texts.prompt(question.closedBookPrompt(documents.get(i).title()));
                prompts.add(new Prompt(tokens, 0, adapters.isEmpty() ? Prompt.NO_ADAPTER : i));
            }
        }
        List<Completion> completions = model.generate(prompts, Sampling.greedy(ANSWER_TOKENS_MAX, stop), adapters);
        double[] accuracies = new double[documents.size()];
        int next = 0;
        for (int i = 0; i < documents.size(); i++) {
            int right = 0;
            for (Question question : documents.get(i).questions()) {
                String answer = model.tokenizer().decode(completions.get(next++).tokens());
                right += ExactMatch.grade(question, answer).correct() ? 1 : 0;
            }
            accuracies[i] = (double) right / documents.get(i).questions().size();
        }
        return accuracies;
    }

    /** Document by document, so that easy and hard documents cancel out. */
    static Estimate difference(double[] after, double[] before) {
        return Estimate.of(IntStream.range(0, after.length)
                .mapToDouble(i -> after[i] - before[i])
                .toArray());
    }

    static double[] mean(List<double[]> repeats) {
        double[] mean = new double[repeats.get(0).length];
        Arrays.setAll(
                mean,
                i -> repeats.stream().mapToDouble(repeat -> repeat[i]).average().orElseThrow());
        return mean;
    }
}
