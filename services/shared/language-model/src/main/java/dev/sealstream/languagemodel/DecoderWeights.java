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
        WeightLayout layout = WeightLayout.of(config);
        List<NDArray> tensors = new ArrayList<>();
        for (int i = 0; i < layout.tensors().size(); i++) {
            List<WeightLayout.Stored> parts = layout.tensors().get(i);
            if (i == WeightLayout.FREQUENCIES) {
                tensors.add(manager.create(config.rotary().frequencies(config.headDimension())));
            } else if (parts.isEmpty()) {
                tensors.add(manager.create(new Shape(0)));
            } else {
                Precision precision = WeightLayout.isMatrix(i) ? matrices : Precision.FLOAT32;
                tensors.add(fused(manager, source, parts, precision));
            }
        }
        return new DecoderWeights(config, tensors);
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

    private static NDArray copied(
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
        WeightLayout.Place place = layout.places().get(name);
        if (place == null) {
            throw new IllegalArgumentException("no weight is called " + name);
        }
        List<Long> shape = place.stored().shape();
        boolean transposed = place.stored().transposed();
        NDArray fused = tensors.get(place.tensor());
        try (NDManager scratch = fused.getManager().newSubManager()) {
            int rows = shape.get(transposed ? 1 : 0).intValue();
            int columns = shape.size() == 1 ? 1 : shape.get(transposed ? 0 : 1).intValue();
            float[] values = DecoderScript.call(scratch, "rows", fused, place.row(), rows)
                    .get(0)
                    .toFloatArray();
            return transposed ? transposed(values, rows, columns) : values;
        }
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
        DecoderWeights result = new DecoderWeights(config, copies);
        for (int layer = 0; layer < config.layers(); layer++) {
            for (LinearModule module : layout.modules()) {
                result.add(manager, layer, module, adapters);
            }
        }
        return result;
    }

    private void add(NDManager manager, int layer, LinearModule module, List<LoraAdapter> adapters) {
        String path = layout.path(layer, module.path());
        try (NDManager scratch = manager.newSubManager()) {
            List<NDArray> factors = new ArrayList<>();
            List<Double> scales = new ArrayList<>();
            for (LoraAdapter adapter : adapters) {
                LoraFactors own = adapter.modules().get(path);
                if (own != null) {
                    factors.add(scratch.create(own.b(), new Shape(own.outFeatures(), own.rank())));
                    factors.add(scratch.create(own.a(), new Shape(own.rank(), own.inFeatures())));
                    scales.add(adapter.scale(path));
                }
            }
            if (!scales.isEmpty()) {
                double[] scale =
                        scales.stream().mapToDouble(Double::doubleValue).toArray();
                NDArray target = ofLayer(layer, module.slot());
                DecoderScript.call(scratch, "add_products", target, module.row(), factors, scale);
            }
        }
    }
}
