package dev.sealstream.benchmarks;

import dev.sealstream.benchmarks.checkpoint.CheckpointShape;

import java.util.List;

/**
 * Floating-point operations that a training step cannot do without; a multiplication and an addition count as two.
 *
 * <p>Counted, for a Llama-like decoder of L layers, for sequences of T tokens that are learnt whole:
 *
 * <ul>
 *   <li>Matrices of the layers, P parameters: forward 2·P per token, backward towards activations 2·P more, and 2·P for the
 *       gradients of weights where these are trained. Nothing flows back into the frozen embedding: without weight
 *       gradients, the first layer's query, key and value matrices have no backward pass.
 *   <li>The output head, D·V: the same, for each of the T − 1 tokens that are predicted.
 *   <li>Attention: query by key and weight by value, 4·h·H·L per pair of a token and one it sees, T·(T + 1)/2 pairs; twice
 *       that backward.
 *   <li>LoRA: r·(in + out) parameters of each module: 2 forward, 2 towards activations (less where nothing flows back), 2
 *       for the gradients of A and B.
 * </ul>
 *
 * <p>Norms, activations, softmax, optimizers, padding and anything computed twice count for nothing: they are what
 * separates a step from the peak.
 */
record TrainingFlops(CheckpointShape shape) {

    /** One step of LoRA on all linear modules. */
    double loraStep(List<Integer> lengths, int rank) {
        double d = shape.width();
        double matrices = layerMatrices();
        double firstLayerInput = d * (queries() + 2 * keys());
        double low = shape.layers() * rank * lowRankSizes();
        double firstLayerLow = 3.0 * rank * d;
        double perToken = 2 * matrices + 2 * (matrices - firstLayerInput) + 6 * low - 2 * firstLayerLow;
        return sum(lengths, perToken, 4 * head());
    }

    /** One step that trains every weight. */
    double fullStep(List<Integer> lengths) {
        return sum(lengths, 6 * layerMatrices(), 6 * head());
    }

    private double sum(List<Integer> lengths, double perToken, double perPrediction) {
        double attentionOfPair = 3 * 4.0 * queries() * shape.layers();
        double sum = 0;
        for (int length : lengths) {
            sum += length * perToken + (length - 1) * perPrediction + length * (length + 1.0) / 2 * attentionOfPair;
        }
        return sum;
    }

    private double layerMatrices() {
        double d = shape.width();
        return shape.layers() * (2 * d * queries() + 2 * d * keys() + 3 * d * shape.feedForward());
    }

    private double head() {
        return (double) shape.width() * shape.vocabulary();
    }

    /** Σ (in + out) of the seven modules of a layer. */
    private double lowRankSizes() {
        double d = shape.width();
        return 2 * (d + queries()) + 2 * (d + keys()) + 3 * (d + shape.feedForward());
    }

    private double queries() {
        return (double) shape.heads() * shape.headDimension();
    }

    private double keys() {
        return (double) shape.keyValueHeads() * shape.headDimension();
    }
}
