package dev.sealstream.languagemodel;

/**
 * Where and how a model runs.
 *
 * @param device {@code cpu} or {@code gpu}; a GPU needs a CUDA build of libtorch
 * @param threads threads of one native call on the CPU. The engine has one setting for the whole process: the last model
 *     loaded decides. With more than one, idle threads spin while they wait for each other; where several processes share
 *     the cores, one thread each is faster, or start the JVM with {@code OMP_WAIT_POLICY=passive} in its environment
 * @param bfloat16Training round the operands of matrix products to bfloat16 while adapters are trained; weights, adapters
 *     and sums stay float32. About twice as fast on processors with such instructions, slower on others; adapters trained
 *     together then equal those trained alone only to two or three digits
 */
public record LoadOptions(String device, int threads, boolean bfloat16Training) {
    public LoadOptions {
        if (!device.equals("cpu") && !device.equals("gpu")) {
            throw new IllegalArgumentException("device is \"" + device + "\"; cpu and gpu are supported");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; at least 1 is needed");
        }
    }

    /** Trains in float32. */
    public LoadOptions(String device, int threads) {
        this(device, threads, false);
    }

    /** The CPU, on one thread, in float32. */
    public static LoadOptions cpu() {
        return cpu(1);
    }

    public static LoadOptions cpu(int threads) {
        return new LoadOptions("cpu", threads);
    }

    public LoadOptions withBfloat16Training(boolean enabled) {
        return new LoadOptions(device, threads, enabled);
    }
}
