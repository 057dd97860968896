package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trains K adapters in lock-step: each step is a forward and a backward pass of the frozen model for all of them.
 *
 * <p>An adapter's initial values, batches, learning rate and loss depend on its own task alone; tasks with fewer steps end
 * earlier and their adapters stay as they are. What does not fit into memory at once is cut; a task that does not fit
 * alone fails, with the figure, and the others go on.
 */
final class AdapterTrainer {
    private final ModelConfig config;
    private final DecoderWeights weights;
    private final LoraSettings lora;
    private final TrainingSettings training;
    private final Retention retention;
    private final AdapterShape shape;
    private final TrainingMemory memory;
    private final int threads;

    /**
     * @param precision of the weights' matrices
     * @param threads of the CPU; several adapters share them out, a single one uses them all
     */
    AdapterTrainer(
            DecoderWeights weights,
            Precision precision,
            LoraSettings lora,
            TrainingSettings training,
            Retention retention,
            long budgetBytes,
            int threads) {
        this.config = weights.config();
        this.weights = weights;
        this.lora = lora;
        this.training = training;
        this.retention = retention;
        this.shape = new AdapterShape(config, lora);
        this.memory = TrainingMemory.of(config, shape, precision, budgetBytes);
        this.threads = threads;
    }

    List<TrainedAdapter> train(NDManager parent, List<AdapterTask> tasks) {
        tasks.forEach(this::check);
        retention.rehearsal().texts().forEach(text -> check(text, "a rehearsed sequence"));
        TrainedAdapter[] trained = new TrainedAdapter[tasks.size()];
        List<Integer> fitting = new ArrayList<>();
        for (int k = 0; k < trained.length; k++) {
            int longest = longest(tasks.get(k));
            if (memory.adaptersMax(longest) == 0) {
                trained[k] = TrainedAdapter.failed(tasks.get(k).id(), memory.shortage(longest));
            } else {
                fitting.add(k);
            }
        }
        List<List<Integer>> lanes = lanes(parent, tasks, fitting);
        if (lanes.size() == 1) {
            trainTogether(parent, tasks, fitting, memory, trained);
        } else {
            TrainingMemory share = memory.shared(lanes.size());
            EngineThreads.runSideBySide(lanes.stream()
                    .<Runnable>map(lane -> () -> trainTogether(parent, tasks, lane, share, trained))
                    .toList());
            // What failed beside others may fit alone.
            List<Integer> failed =
                    fitting.stream().filter(k -> trained[k].hasFailed()).toList();
            trainTogether(parent, tasks, failed, memory, trained);
        }
        return Arrays.asList(trained);
    }

    /**
     * Tasks of about equal work for each thread. One thread on half of the adapters beats two on all of them: nothing has
     * to wait for the other after each of a step's many small operations.
     */
    private List<List<Integer>> lanes(NDManager parent, List<AdapterTask> tasks, List<Integer> which) {
        int lanes = parent.getDevice().isGpu() ? 1 : Math.max(1, Math.min(threads, which.size()));
        int longest =
                which.stream().map(tasks::get).mapToInt(this::longest).max().orElse(0);
        while (lanes > 1 && memory.shared(lanes).adaptersMax(longest) == 0) {
            lanes--;
        }
        long[] work = which.stream().map(tasks::get).mapToLong(this::work).toArray();
        long total = Arrays.stream(work).sum();
        List<List<Integer>> cut = new ArrayList<>();
        int next = 0;
        long done = 0;
        for (int lane = 1; lane <= lanes; lane++) {
            List<Integer> own = new ArrayList<>();
            // The task that straddles the border belongs to the side that has more of it.
            while (next < work.length && (lane == lanes || 2 * done + work[next] <= 2 * total * lane / lanes)) {
                done += work[next];
                own.add(which.get(next++));
            }
            if (!own.isEmpty()) {
                cut.add(own);
            }
        }
        return cut.isEmpty() ? List.of(which) : cut;
    }

    /** Tokens that a task reads in all. */
    private long work(AdapterTask task) {
        long tokens = Stream.concat(
                        task.sequences().stream(), retention.rehearsal().texts())
                .mapToLong(sequence -> sequence.tokens().length)
                .sum();
        return tokens * task.trainingOr(training).epochs();
    }

    /** Trains some of the tasks, half of them at a time if all together do not fit. */
    private void trainTogether(
            NDManager parent,
            List<AdapterTask> tasks,
            List<Integer> which,
            TrainingMemory memory,
            TrainedAdapter[] trained) {
        if (which.isEmpty()) {
            return;
        }
        List<AdapterTask> own = which.stream().map(tasks::get).toList();
        int longest = own.stream().mapToInt(this::longest).max().orElseThrow();
        boolean fits = own.size() <= memory.adaptersMax(longest);
        if (fits) {
            try (NDManager manager = parent.newSubManager()) {
                TrainingMemory.Plan plan =
                        memory.plan(own.size(), longest, parent.getDevice().isGpu());
                List<TrainedAdapter> results = new AdapterRun(manager, own, plan).train();
                for (int i = 0; i < which.size(); i++) {
                    trained[which.get(i)] = results.get(i);
                }
                return;
            } catch (RuntimeException e) {
                if (!InsufficientMemoryException.isCauseOf(e)) {
                    throw e;
                }
                if (own.size() == 1) {
                    trained[which.get(0)] = TrainedAdapter.failed(
                            own.get(0).id(), memory.shortage(longest) + " (" + e.getMessage() + ")");
                    return;
                }
            }
        }
        int half = which.size() / 2;
        trainTogether(parent, tasks, which.subList(0, half), memory, trained);
        trainTogether(parent, tasks, which.subList(half, which.size()), memory, trained);
    }

    private int longest(AdapterTask task) {
        return Stream.concat(task.sequences().stream(), retention.rehearsal().texts())
                .mapToInt(sequence -> sequence.tokens().length)
                .max()
                .orElseThrow();
    }

    private void check(AdapterTask task) {
        task.sequences().forEach(sequence -> check(sequence, "a training sequence of adapter " + task.id()));
        TrainingSettings own = task.trainingOr(training);
        if (!own.hasOptimizerOf(training)) {
            throw new IllegalArgumentException("adapter " + task.id() + " is trained with " + own + ", the call with "
                    + training + "; beta1, beta2 and weightDecay must be the same for all");
        }
    }

    private void check(TrainingSequence sequence, String what) {
        if (sequence.tokens().length > config.maxPositions()) {
            throw new IllegalArgumentException(what + " has " + sequence.tokens().length
                    + " tokens, the model holds at most " + config.maxPositions() + "; shorten it");
        }
        TokenIds.check(config, what, sequence.tokens());
    }

    /** One run of all steps; everything stays on the device until the end. */
    private final class AdapterRun {
        private final NDManager manager;
        private final List<AdapterTask> tasks;
        private final List<TaskSchedule> schedules;
        private final TrainingMemory.Plan plan;
        private final int steps;
        private final NDArray parameters; // (K, P)
        private final NDArray first;
        private final NDArray second;
        private final NDArray gradient;
        private final NDArray losses; // (steps, K)
        private final List<NDArray> earlier; // (R, in) of each layer's modules

        AdapterRun(NDManager manager, List<AdapterTask> tasks, TrainingMemory.Plan plan) {
            this.manager = manager;
            this.tasks = tasks;
            this.plan = plan;
            schedules = tasks.stream()
                    .map(task -> new TaskSchedule(task, task.trainingOr(training), retention.rehearsal()))
                    .toList();
            steps = schedules.stream().mapToInt(TaskSchedule::steps).max().orElse(0);
            parameters = fresh();
            first = manager.zeros(parameters.getShape());
            second = manager.zeros(parameters.getShape());
            gradient = manager.zeros(parameters.getShape());
            losses = manager.zeros(new Shape(steps, tasks.size()));
            earlier = shape.rowsOf(manager, retention.penalties().earlier());
        }

        private NDArray fresh() {
            int size = shape.parameters();
            float[] values = new float[Math.multiplyExact(tasks.size(), size)];
            for (int k = 0; k < tasks.size(); k++) {
                System.arraycopy(shape.fresh(tasks.get(k).seed()), 0, values, k * size, size);
            }
            return manager.create(values, new Shape(tasks.size(), size));
        }

        List<TrainedAdapter> train() {
            for (int step = 0; step < steps; step++) {
                try (NDManager scratch = manager.newSubManager()) {
                    step(scratch, step);
                }
            }
            return results(parameters.toFloatArray(), losses.toFloatArray());
        }

        private void step(NDManager scratch, int step) {
            List<List<PackedRow.Target>> targets = new ArrayList<>();
            float[] rates = new float[schedules.size()];
            List<List<PackedRow.Target>> anchors = new ArrayList<>();
            for (int k = 0; k < schedules.size(); k++) {
                targets.add(schedules.get(k).targets(step, k));
                anchors.add(schedules.get(k).anchors(step, k));
                rates[k] = (float) schedules.get(k).learningRate(step);
            }
            add(scratch, targets, step, false);
            add(scratch, anchors, step, true);
            if (!retention.penalties().isNone()) {
                addPenalties(scratch, step);
            }
            DecoderScript.call(
                    scratch,
                    "adapter_update",
                    parameters,
                    first,
                    second,
                    gradient,
                    scratch.create(rates, new Shape(rates.length, 1)),
                    new double[] {training.beta1(), training.beta2(), training.weightDecay()},
                    step + 1);
        }

        private void add(NDManager scratch, List<List<PackedRow.Target>> targets, int step, boolean imitate) {
            for (StepChunk chunk : StepChunk.cut(targets, plan.tokensMax())) {
                try (NDManager own = scratch.newSubManager()) {
                    add(own, TokenStream.of(own, chunk, config.attentionHeads()), step, imitate);
                }
            }
        }

        private void addPenalties(NDManager scratch, int step) {
            DecoderScript.call(
                    scratch,
                    "add_adapter_penalties",
                    parameters,
                    gradient,
                    losses,
                    step,
                    shape.modules(),
                    shape.scales(),
                    retention.penalties().l2(),
                    retention.penalties().overlap(),
                    earlier);
        }

        private void add(NDManager scratch, TokenStream tokens, int step, boolean imitate) {
            DecoderScript.call(
                    scratch,
                    "add_adapter_gradient",
                    weights.tensors(),
                    parameters,
                    gradient,
                    losses,
                    step,
                    tokens.adapters(),
                    config.shape(),
                    shape.modules(),
                    shape.scales(),
                    config.normEpsilon(),
                    plan.recompute(),
                    imitate,
                    tokens.stream(),
                    tokens.buckets(),
                    tokens.places(),
                    tokens.targets(),
                    tokens.weights());
        }

        private List<TrainedAdapter> results(float[] values, float[] lossOfStep) {
            List<TrainedAdapter> trained = new ArrayList<>();
            int size = shape.parameters();
            for (int k = 0; k < tasks.size(); k++) {
                float[] curve = new float[schedules.get(k).steps()];
                for (int step = 0; step < curve.length; step++) {
                    curve[step] = lossOfStep[step * tasks.size() + k];
                }
                LoraAdapter adapter = shape.adapter(values, k * size);
                trained.add(new TrainedAdapter(tasks.get(k).id(), adapter, curve));
            }
            return trained;
        }
    }
}
