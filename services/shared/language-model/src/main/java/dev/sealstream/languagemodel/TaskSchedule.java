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

    TaskSchedule(AdapterTask task, TrainingSettings training) {
        this.training = training;
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

    /** Sequences of a step with the weight of each token in the loss; none after the last step. */
    List<PackedRow.Target> targets(int step, int group) {
        if (step >= steps.size()) {
            return List.of();
        }
        List<TrainingSequence> batch = steps.get(step);
        int learnt = batch.stream().mapToInt(TaskSchedule::learnt).sum();
        List<PackedRow.Target> targets = new ArrayList<>();
        for (TrainingSequence sequence : batch) {
            float weight =
                    switch (training.lossMean()) {
                        case TOKENS -> 1f / learnt;
                        case SEQUENCES -> 1f / ((float) batch.size() * learnt(sequence));
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
