package dev.sealstream.benchmarks.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Size of a random model.
 *
 * @param vocabulary V
 * @param width D
 * @param feedForward F
 * @param heads H
 * @param keyValueHeads G
 * @param headDimension h
 * @param positions longest sequence, in tokens
 * @param tied whether the embedding is also the output head
 */
public record CheckpointShape(
        Family family,
        int vocabulary,
        int width,
        int feedForward,
        int layers,
        int heads,
        int keyValueHeads,
        int headDimension,
        int positions,
        boolean tied) {

    /** 109.5 million parameters: what two cores can train in seconds. */
    public static final CheckpointShape LLAMA_100M =
            new CheckpointShape(Family.LLAMA, 32_000, 768, 2048, 12, 12, 12, 64, 2048, true);

    /** Ten million parameters. */
    public static final CheckpointShape LLAMA_10M =
            new CheckpointShape(Family.LLAMA, 4096, 320, 896, 7, 5, 5, 64, 1024, true);

    /** The shape of Qwen2.5-1.5B: 1.54 billion parameters. */
    public static final CheckpointShape QWEN2_1_5B =
            new CheckpointShape(Family.QWEN2, 151_936, 1536, 8960, 28, 12, 2, 128, 32_768, true);

    public CheckpointShape {
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "heads is " + heads + ", which keyValueHeads " + keyValueHeads + " does not divide");
        }
        if (family == Family.GPT2 && (keyValueHeads != heads || heads * headDimension != width || !tied)) {
            throw new IllegalArgumentException("GPT-2 has as many key as query heads, heads that fill the width and a"
                    + " tied head; found " + heads + " and " + keyValueHeads + " heads of " + headDimension
                    + ", width " + width);
        }
    }

    List<TensorSpec> tensors() {
        return family.tensors(this);
    }

    public long parameters() {
        return tensors().stream().mapToLong(TensorSpec::elements).sum();
    }

    /** Shape of every tensor, by its name in the files. */
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors().forEach(tensor -> shapes.put(tensor.name(), tensor.shape().clone()));
        return shapes;
    }
}
