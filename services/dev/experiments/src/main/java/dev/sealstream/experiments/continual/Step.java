package dev.sealstream.experiments.continual;

import java.util.Map;

/**
 * How learning one document ended.
 *
 * @param released whether the head has moved
 * @param accuracy of the head from then on, by datum: of this document and of those learnt before; empty where nobody measured it
 * @param benchmark change of accuracy on held-out documents by the release; null without one
 * @param before accuracy of the head on this document before; 0 where nobody measured it
 * @param reason the gate's words
 */
record Step(boolean released, Map<String, Double> accuracy, Double benchmark, double before, String reason) {
    Step {
        accuracy = Map.copyOf(accuracy);
    }
}
