package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

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
    private static final int[] STACKS = {
        DecoderWeights.QKV, DecoderWeights.O, DecoderWeights.GATE_UP, DecoderWeights.DOWN
    };
    private static final int[] WHOLE = {DecoderWeights.EMBEDDING, DecoderWeights.FINAL_NORM, DecoderWeights.HEAD};
    private static final int[] VECTORS = {DecoderWeights.INPUT_NORM, DecoderWeights.POST_NORM, DecoderWeights.QKV_BIAS};

    FullWeights {
        stacks = List.copyOf(stacks);
        others = List.copyOf(others);
    }

    /** A copy of a decoder's weights in {@code manager}. */
    static FullWeights of(NDManager manager, DecoderWeights decoder) {
        List<NDArray> stacks = new ArrayList<>();
        List<NDArray> others = new ArrayList<>();
        for (int which : STACKS) {
            stacks.add(stack(manager, decoder, which));
        }
        for (int which : WHOLE) {
            others.add(copy(manager, decoder.tensors().get(which)));
        }
        for (int which : VECTORS) {
            others.add(stack(manager, decoder, which));
        }
        NDArray frequencies = copy(manager, decoder.tensors().get(DecoderWeights.FREQUENCIES));
        return new FullWeights(decoder.config(), stacks, others, frequencies);
    }

    private static NDArray stack(NDManager manager, DecoderWeights decoder, int which) {
        List<NDArray> layers = new ArrayList<>();
        for (int layer = 0; layer < decoder.config().layers(); layer++) {
            layers.add(decoder.ofLayer(layer, which));
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
        List<NDArray> tensors = new ArrayList<>(others.subList(0, WHOLE.length));
        tensors.add(frequencies);
        List<NDArray> inOrder = List.of(
                others.get(3),
                stacks.get(0),
                others.get(5),
                stacks.get(1),
                others.get(4),
                stacks.get(2),
                stacks.get(3));
        for (int layer = 0; layer < config.layers(); layer++) {
            for (NDArray stack : inOrder) {
                NDArray ofLayer = stack.get(layer);
                ofLayer.attach(manager);
                tensors.add(ofLayer);
            }
        }
        return new DecoderWeights(config, tensors);
    }

    /** What gradients are computed for, in the order of the TorchScript code. */
    List<NDArray> trainable() {
        List<NDArray> trainable = new ArrayList<>(stacks);
        others.stream().filter(array -> array.size() > 0).forEach(trainable::add);
        return trainable;
    }

    /** [layers, H, G, h], as the TorchScript code takes it. */
    long[] shape() {
        return new long[] {config.layers(), config.attentionHeads(), config.keyValueHeads(), config.headDimension()};
    }
}
