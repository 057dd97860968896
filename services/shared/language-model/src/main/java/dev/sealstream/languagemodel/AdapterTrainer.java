package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains K adapters in lock-step: each step is one forward and one backward pass of the frozen model for all of them.
 *
 * <p>An adapter's initial values, batches, learning rate and loss depend on its own task alone; tasks with fewer steps end
 * earlier and their adapters stay as they are.
 */
final class AdapterTrainer {
    private final ModelConfig config;
    private final DecoderWeights weights;
    private final LoraSettings lora;
    private final TrainingSettings training;
    private final boolean bfloat16Products;
    private final AdapterShape shape;

    AdapterTrainer(DecoderWeights weights, LoraSettings lora, TrainingSettings training, boolean bfloat16Products) {
        this.config = weights.config();
        this.weights = weights;
        this.lora = lora;
        this.training = training;
        this.bfloat16Products = bfloat16Products;
        this.shape = new AdapterShape(config, lora);
    }

    List<TrainedAdapter> train(NDManager parent, List<AdapterTask> tasks) {
        tasks.forEach(this::check);
        List<TaskSchedule> schedules =
                tasks.stream().map(task -> new TaskSchedule(task, training)).toList();
        int steps = schedules.stream().mapToInt(TaskSchedule::steps).max().orElse(0);
        float[][] lossOfStep = new float[steps][];
        try (NDManager manager = parent.newSubManager()) {
            NDArray parameters = fresh(manager, tasks); // (K, P)
            NDArray first = manager.zeros(parameters.getShape());
            NDArray second = manager.zeros(parameters.getShape());
            for (int step = 0; step < steps; step++) {
                lossOfStep[step] = step(manager, schedules, step, parameters, first, second);
            }
            return trained(tasks, schedules, parameters.toFloatArray(), lossOfStep);
        }
    }

    private void check(AdapterTask task) {
        for (TrainingSequence sequence : task.sequences()) {
            String what = "a training sequence of adapter " + task.id();
            if (sequence.tokens().length > config.maxPositions()) {
                throw new IllegalArgumentException(what + " has " + sequence.tokens().length
                        + " tokens, the model holds at most " + config.maxPositions() + "; shorten it");
            }
            TokenIds.check(config, what, sequence.tokens());
        }
    }

    private NDArray fresh(NDManager manager, List<AdapterTask> tasks) {
        float[] values = new float[tasks.size() * shape.parameters()];
        for (int k = 0; k < tasks.size(); k++) {
            System.arraycopy(shape.fresh(tasks.get(k).seed()), 0, values, k * shape.parameters(), shape.parameters());
        }
        return manager.create(values, new Shape(tasks.size(), shape.parameters()));
    }

    private float[] step(
            NDManager parent,
            List<TaskSchedule> schedules,
            int step,
            NDArray parameters,
            NDArray first,
            NDArray second) {
        try (NDManager manager = parent.newSubManager()) {
            List<List<PackedRow.Target>> targets = new ArrayList<>();
            float[] rates = new float[schedules.size()];
            for (int k = 0; k < schedules.size(); k++) {
                targets.add(schedules.get(k).targets(step, k));
                rates[k] = (float) schedules.get(k).learningRate(step);
            }
            List<PackedBatch> chunks = GroupedRows.pack(targets, config).stream()
                    .map(rows -> PackedBatch.of(manager, rows))
                    .toList();
            return DecoderScript.call(
                            manager,
                            "adapter_step",
                            weights.tensors(),
                            parameters,
                            first,
                            second,
                            weights.shape(),
                            lora.rank(),
                            shape.sizes(),
                            config.normEpsilon(),
                            lora.scale(),
                            bfloat16Products,
                            chunks.stream().map(PackedBatch::rows).toList(),
                            chunks.stream().map(PackedBatch::targets).toList(),
                            chunks.stream().map(PackedBatch::weights).toList(),
                            manager.create(rates, new Shape(rates.length, 1)),
                            new double[] {training.beta1(), training.beta2(), training.weightDecay()},
                            step + 1)
                    .get(0)
                    .toFloatArray();
        }
    }

    private List<TrainedAdapter> trained(
            List<AdapterTask> tasks, List<TaskSchedule> schedules, float[] parameters, float[][] lossOfStep) {
        List<TrainedAdapter> trained = new ArrayList<>();
        int size = shape.parameters();
        for (int k = 0; k < tasks.size(); k++) {
            float[] curve = new float[schedules.get(k).steps()];
            for (int step = 0; step < curve.length; step++) {
                curve[step] = lossOfStep[step][k];
            }
            LoraAdapter adapter = shape.adapter(Arrays.copyOfRange(parameters, k * size, (k + 1) * size));
            trained.add(new TrainedAdapter(tasks.get(k).id(), adapter, curve));
        }
        return trained;
    }
}
