package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.sealstream.languagemodel.ModelConfig.Family;

import java.util.ArrayList;
import java.util.List;

/**
 * A decoder's weights as training wants them: each kind of matrix of all layers in one tensor, so that Muon handles the
 * layers together.
 *
 * @param stacks qkv, o, gate_up and down, each (L, out, in)
 * @param others embedding, final norm, head; then input norms, post norms and qkv biases, each (L, ..); empty where the
 *     model has none
 * @param frequencies of the rotary positions, not trained
 */
record FullWeights(ModelConfig config, List<NDArray> stacks, List<NDArray> others, NDArray frequencies) {
    private static final LayerSlot[] STACKS = {LayerSlot.QKV, LayerSlot.O, LayerSlot.UP, LayerSlot.DOWN};
    private static final int[] WHOLE = {WeightLayout.EMBEDDING, WeightLayout.FINAL_NORM, WeightLayout.HEAD};
    private static final LayerSlot[] VECTORS = {LayerSlot.INPUT_NORM, LayerSlot.POST_NORM, LayerSlot.QKV_BIAS};

    FullWeights {
        stacks = List.copyOf(stacks);
        others = List.copyOf(others);
        if (config.family() == Family.GPT2 || config.family() == Family.QWEN3) {
            throw new IllegalArgumentException("all weights of a model of family " + config.family()
                    + " cannot be trained; LLAMA, MISTRAL and QWEN2 can, and adapters of every family");
        }
    }

    /** A copy of a decoder's weights in {@code manager}. */
    static FullWeights of(NDManager manager, DecoderWeights decoder) {
        List<NDArray> stacks = new ArrayList<>();
        List<NDArray> others = new ArrayList<>();
        for (LayerSlot slot : STACKS) {
            stacks.add(stack(manager, decoder, slot));
        }
        for (int which : WHOLE) {
            others.add(copy(manager, decoder.tensors().get(which)));
        }
        for (LayerSlot slot : VECTORS) {
            others.add(stack(manager, decoder, slot));
        }
        NDArray frequencies = copy(manager, decoder.tensors().get(WeightLayout.FREQUENCIES));
        return new FullWeights(decoder.config(), stacks, others, frequencies);
    }

    private static NDArray stack(NDManager manager, DecoderWeights decoder, LayerSlot slot) {
        List<NDArray> layers = new ArrayList<>();
        for (int layer = 0; layer < decoder.config().layers(); layer++) {
            layers.add(decoder.ofLayer(layer, slot));
        }
        return DecoderScript.call(manager, "stack", layers).get(0);
    }

    private static NDArray copy(NDManager manager, NDArray array) {
        NDArray copy = array.duplicate();
        copy.attach(manager);
        return copy;
    }

    /** The same weights layer by layer, as views that {@code manager} frees. */
    DecoderWeights byLayer(NDManager manager) {
        return new DecoderWeights(
                config, DecoderScript.call(manager, "full_weights_by_layer", stacks, others, frequencies));
    }

    /** What gradients are computed for, in the order of the TorchScript code. */
    List<NDArray> trainable() {
        List<NDArray> trainable = new ArrayList<>(stacks);
        others.stream().filter(array -> array.size() > 0).forEach(trainable::add);
        return trainable;
    }

    /** As the TorchScript code takes it. */
    long[] shape() {
        return config.shape();
    }
}
