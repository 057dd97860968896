package dev.sealstream.languagemodel;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.sealstream.languagemodel.torchscript.TorchScriptModule;

import java.util.List;

/**
 * How fast the engine multiplies large square matrices: the speed that training can at best come near to.
 *
 * <p>Products {@code y = xWᵀ} in a loop inside one native call, by the operators that models use: the engine's own and, on
 * a CPU, oneDNN's with packed weights. The faster one counts.
 */
public final class MatrixSpeed implements AutoCloseable {
    private final NDManager manager;
    private final TorchScriptModule module;
    private final NDArray like;

    /** Sets the engine's threads, which are one setting for the whole process, and compiles. */
    public MatrixSpeed(LoadOptions options) {
        manager = NDManager.newBaseManager(
                options.engineDevice(Engine.getEngine(DecoderScript.ENGINE).getGpuCount()), DecoderScript.ENGINE);
        EngineThreads.use(options.threads());
        module = TorchScriptModule.compile(manager, "MatrixSpeed", "matrix_speed", List.of());
        like = manager.zeros(new Shape(1));
    }

    /**
     * Multiplies n × n matrices so many times.
     *
     * @return floating-point operations per second, 2n³ for each product; the time to make the operands is taken off
     */
    public double flopsPerSecond(int n, boolean bfloat16, int products) {
        double best = flopsPerSecond(n, bfloat16, false, products);
        boolean canPack = call("can_pack", like, bfloat16) == 1;
        return canPack ? Math.max(best, flopsPerSecond(n, bfloat16, true, products)) : best;
    }

    private double flopsPerSecond(int n, boolean bfloat16, boolean packed, int products) {
        double without = seconds(n, bfloat16, packed, 0);
        double taken = seconds(n, bfloat16, packed, products);
        return 2.0 * n * n * n * products / Math.max(taken - without, Double.MIN_NORMAL);
    }

    private double seconds(int n, boolean bfloat16, boolean packed, int products) {
        long start = System.nanoTime();
        call("multiply", like, n, bfloat16, packed, products);
        return (System.nanoTime() - start) / 1e9;
    }

    /** Reading the value waits for the device. */
    private float call(String method, Object... arguments) {
        try (NDManager scratch = manager.newSubManager()) {
            return module.call(scratch, method, arguments).get(0).toFloatArray()[0];
        }
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
