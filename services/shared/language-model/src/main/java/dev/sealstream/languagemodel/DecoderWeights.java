package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.List;

/**
 * A decoder's weights as the TorchScript code wants them; the list's order is at the top of {@code transformer.py}.
 *
 * <p>The tensors belong to the manager they were built with. Copies are made in native memory, never on the Java heap.
 */
final class DecoderWeights {
    private final ModelConfig config;
    private final WeightLayout layout;
    private final List<NDArray> tensors;

    DecoderWeights(ModelConfig config, List<NDArray> tensors) {
        this.config = config;
        this.layout = WeightLayout.of(config);
        this.tensors = List.copyOf(tensors);
    }

    static DecoderWeights read(ModelConfig config, NDManager manager, WeightSource source, Precision matrices) {
        return read(config, manager, source, matrices, List.of());
    }

    /** The weights of a source with adapters added to what it holds, in float32, and rounded once at the end. */
    static DecoderWeights read(
            ModelConfig config,
            NDManager manager,
            WeightSource source,
            Precision matrices,
            List<LoraAdapter> adapters) {
        WeightLayout layout = WeightLayout.of(config);
        DeltaSum sum = new DeltaSum(layout, adapters);
        List<NDArray> tensors = new ArrayList<>();
        for (int i = 0; i < layout.tensors().size(); i++) {
            List<WeightLayout.Stored> parts = layout.tensors().get(i);
            if (i == WeightLayout.FREQUENCIES) {
                tensors.add(manager.create(config.rotary().frequencies(config.headDimension())));
            } else if (parts.isEmpty()) {
                tensors.add(manager.create(new Shape(0)));
            } else {
                Precision precision = WeightLayout.isMatrix(i) ? matrices : Precision.FLOAT32;
                tensors.add(
                        sum.changes(i)
                                ? changed(manager, source, parts, precision, i, sum)
                                : fused(manager, source, parts, precision));
            }
        }
        return new DecoderWeights(config, tensors);
    }

    /** A copy in any case, since what lies in a file must not change. */
    private static NDArray changed(
            NDManager manager,
            WeightSource source,
            List<WeightLayout.Stored> parts,
            Precision precision,
            int tensor,
            DeltaSum sum) {
        NDManager exact = manager.newSubManager();
        NDArray target = stacked(exact, source, parts, Precision.FLOAT32);
        sum.addTo(target, tensor);
        if (precision == Precision.FLOAT32) {
            return target;
        }
        try (exact) {
            return DecoderScript.call(manager, "to_type", List.of(target), precision.torchType())
                    .get(0);
        }
    }

    /**
     * Stacks tensors on top of each other. A tensor that is alone and stored as it is wanted stays in its file, mapped; all
     * else is copied into native memory.
     */
    private static NDArray fused(
            NDManager manager, WeightSource source, List<WeightLayout.Stored> parts, Precision precision) {
        if (parts.size() == 1 && !parts.get(0).transposed()) {
            return single(manager, source, parts.get(0), precision);
        }
        return stacked(manager, source, parts, precision);
    }

    private static NDArray stacked(
            NDManager manager, WeightSource source, List<WeightLayout.Stored> parts, Precision precision) {
        try (NDManager scratch = manager.newSubManager()) {
            List<NDArray> arrays = new ArrayList<>();
            boolean bfloat16 = false;
            for (WeightLayout.Stored part : parts) {
                WeightSource.Tensor tensor = source.read(scratch, part.name(), part.shape());
                bfloat16 = tensor.bfloat16();
                arrays.addAll(tensor.parts());
            }
            return copied(manager, arrays, bfloat16, parts.get(0).transposed(), precision);
        }
    }

    private static NDArray single(
            NDManager manager, WeightSource source, WeightLayout.Stored stored, Precision precision) {
        NDManager own = manager.newSubManager();
        WeightSource.Tensor tensor = source.read(own, stored.name(), stored.shape());
        NDArray first = tensor.parts().get(0);
        if (tensor.parts().size() == 1 && tensor.bfloat16() && precision == Precision.BFLOAT16) {
            // the array itself stays with the manager: it keeps the file mapped
            return DecoderScript.call(own, "as_bfloat16", first).get(0);
        } else if (tensor.parts().size() == 1
                && first.getDataType() == DataType.FLOAT32
                && precision == Precision.FLOAT32) {
            return first;
        }
        try (own) {
            return copied(manager, tensor.parts(), tensor.bfloat16(), false, precision);
        }
    }

    static NDArray copied(
            NDManager manager, List<NDArray> arrays, boolean bfloat16, boolean transposed, Precision precision) {
        return DecoderScript.call(manager, "fuse", arrays, bfloat16, transposed, precision.torchType())
                .get(0);
    }

    ModelConfig config() {
        return config;
    }

    WeightLayout layout() {
        return layout;
    }

    List<NDArray> tensors() {
        return tensors;
    }

    NDArray ofLayer(int layer, LayerSlot slot) {
        return tensors.get(WeightLayout.tensor(layer, slot));
    }

    /** The same weights with matrices of another precision, in {@code manager}. */
    DecoderWeights in(NDManager manager, Precision precision) {
        NDList converted = DecoderScript.call(manager, "to_type", tensors, precision.torchType());
        return new DecoderWeights(config, converted);
    }

    /** Returns one tensor under its Hugging Face name, as stored, copied to Java. */
    float[] floats(String name) {
        return floats(name, List.of());
    }

    /** The same with adapters added in float32; nothing is rounded. */
    float[] floats(String name, List<LoraAdapter> adapters) {
        WeightLayout.Place place = layout.place(name);
        NDArray fused = tensors.get(place.tensor());
        try (NDManager scratch = fused.getManager().newSubManager()) {
            NDArray rows = DecoderScript.call(scratch, "rows", fused, place.row(), place.rows())
                    .get(0);
            new DeltaSum(layout, adapters).addTo(rows, name);
            return asStored(rows, place.stored());
        }
    }

    /** {@code rows} (out, in) copied to Java, (in, out) where the files have it so. */
    static float[] asStored(NDArray rows, WeightLayout.Stored stored) {
        float[] values = rows.toFloatArray();
        if (!stored.transposed()) {
            return values;
        }
        return transposed(
                values, stored.shape().get(1).intValue(), stored.shape().get(0).intValue());
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] result = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = values[row * columns + column];
            }
        }
        return result;
    }

    /** A copy in {@code manager} with adapters added in float32, one after another, and rounded once at the end. */
    DecoderWeights merged(NDManager manager, List<LoraAdapter> adapters) {
        List<NDArray> copies = new ArrayList<>();
        for (NDArray tensor : tensors) {
            NDArray copy = tensor.duplicate();
            copy.attach(manager);
            copies.add(copy);
        }
        DeltaSum sum = new DeltaSum(layout, adapters);
        for (int i = 0; i < copies.size(); i++) {
            sum.addTo(copies.get(i), i);
        }
        return new DecoderWeights(config, copies);
    }
}
