package dev.sealstream.languagemodel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** In which step a task learns which of its sequences, and what each token counts for there. */
final class TaskSchedule {
    /** Separates the order of sequences from the initial values, which are drawn from the seed itself. */
    private static final long ORDER_SALT = 0x5EA1_0D0E_0F0A_57E9L;

    private final List<List<TrainingSequence>> steps = new ArrayList<>();
    private final TrainingSettings training;
    private final Rehearsal rehearsal;

    /** @param rehearsal read in each step, as many of its texts as the step has of the task's; all of them in full batches */
    TaskSchedule(AdapterTask task, TrainingSettings training, Rehearsal rehearsal) {
        this.training = training;
        this.rehearsal = rehearsal;
        SplittableRandom random = new SplittableRandom(task.seed() ^ ORDER_SALT);
        int size = training.batchSize() == 0 ? task.sequences().size() : training.batchSize();
        for (int epoch = 0; epoch < training.epochs(); epoch++) {
            List<TrainingSequence> order = shuffled(task.sequences(), random);
            for (int from = 0; from < order.size(); from += size) {
                steps.add(List.copyOf(order.subList(from, Math.min(from + size, order.size()))));
            }
        }
    }

    private static List<TrainingSequence> shuffled(List<TrainingSequence> sequences, SplittableRandom random) {
        List<TrainingSequence> order = new ArrayList<>(sequences);
        for (int i = order.size() - 1; i > 0; i--) {
            java.util.Collections.swap(order, i, random.nextInt(i + 1));
        }
        return order;
    }

    int steps() {
        return steps.size();
    }

    /** Learning rate of a step; 0 after the last. */
    double learningRate(int step) {
        return step < steps.size() ? training.learningRate() * training.decay().factor(step, steps.size()) : 0;
    }

    /**
     * Sequences of a step, and those rehearsed with them, with the weight of each token in the loss; none after the last
     * step.
     */
    List<PackedRow.Target> targets(int step, int group) {
        if (step >= steps.size()) {
            return List.of();
        }
        List<PackedRow.Target> targets = new ArrayList<>(targets(steps.get(step), training.lossMean(), 1, group));
        targets.addAll(targets(inTurn(rehearsal.sequences(), step), LossMean.TOKENS, rehearsal.weight(), group));
        return targets;
    }

    /** Texts of a step on which the model's own predictions are the targets; none after the last step. */
    List<PackedRow.Target> anchors(int step, int group) {
        return step >= steps.size()
                ? List.of()
                : targets(inTurn(rehearsal.anchors(), step), LossMean.TOKENS, rehearsal.anchorWeight(), group);
    }

    private List<TrainingSequence> inTurn(List<TrainingSequence> texts, int step) {
        int size = training.batchSize();
        if (size == 0 || size >= texts.size()) {
            return texts;
        }
        List<TrainingSequence> turn = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            turn.add(texts.get((int) (((long) step * size + i) % texts.size())));
        }
        return turn;
    }

    private static List<PackedRow.Target> targets(
            List<TrainingSequence> batch, LossMean mean, double share, int group) {
        if (share == 0) {
            return List.of();
        }
        int learnt = batch.stream().mapToInt(TaskSchedule::learnt).sum();
        List<PackedRow.Target> targets = new ArrayList<>();
        for (TrainingSequence sequence : batch) {
            float weight =
                    switch (mean) {
                        case TOKENS -> (float) (share / learnt);
                        case SEQUENCES -> (float) (share / ((double) batch.size() * learnt(sequence)));
                    };
            float[] weights = new float[sequence.tokens().length];
            java.util.Arrays.fill(weights, sequence.firstLearnt(), weights.length, weight);
            targets.add(new PackedRow.Target(sequence.tokens(), weights, weights, group));
        }
        return targets;
    }

    private static int learnt(TrainingSequence sequence) {
        return sequence.tokens().length - sequence.firstLearnt();
    }
}
