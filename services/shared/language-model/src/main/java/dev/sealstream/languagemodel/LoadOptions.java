package dev.sealstream.languagemodel;

import ai.djl.Device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and how a model runs.
 *
 * @param device {@code cpu}, or a GPU as {@code cuda} or {@code cuda:1}, which needs a CUDA build of libtorch
 * @param threads threads on the CPU. Adapters that train together share them out, one thread for some of them; every other
 *     call uses all of them at once, where idle ones spin while they wait for each other: with several processes on the
 *     same cores start the JVM with {@code OMP_WAIT_POLICY=passive} in its environment
 * @param precision of the weight matrices, whatever the files hold; norms and biases stay float32
 * @param bfloat16Training train adapters on a copy of the matrices in bfloat16, in half of the memory again; adapters, moments
 *     and sums stay float32. About twice as fast on processors with such instructions, slower on others; adapters trained
 *     together then equal those trained alone only to two or three digits. Means nothing where the precision is bfloat16
 * @param workMemoryBytes what training and generation may take beside the weights; 0 for most of what is free. Where
 *     that is little, how the work is cut, and with it the last digit of results, depends on it: give a number of bytes
 *     where results have to be the same on every run
 * @param meter counts tokens
 */
public record LoadOptions(
        String device,
        int threads,
        Precision precision,
        boolean bfloat16Training,
        long workMemoryBytes,
        TokenMeter meter) {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(?<number>\\d{1,3}))?");

    public LoadOptions {
        if (!device.equals("cpu") && !CUDA.matcher(device).matches()) {
            throw new IllegalArgumentException(
                    "device is \"" + device + "\"; give cpu, cuda, or cuda:N for the N-th GPU, from 0");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; at least 1 is needed");
        }
        if (workMemoryBytes < 0) {
            throw new IllegalArgumentException("workMemoryBytes is " + workMemoryBytes
                    + "; give a number of bytes, or 0 for most of what is free");
        }
    }

    /** The CPU, on one thread, in float32. */
    public static LoadOptions cpu() {
        return cpu(1);
    }

    /** The CPU, in float32. */
    public static LoadOptions cpu(int threads) {
        return on("cpu", threads);
    }

    /** A device, in float32. */
    public static LoadOptions on(String device, int threads) {
        return new LoadOptions(device, threads, Precision.FLOAT32, false, 0, TokenMeter.NONE);
    }

    public LoadOptions withPrecision(Precision matrices) {
        return new LoadOptions(device, threads, matrices, bfloat16Training, workMemoryBytes, meter);
    }

    public LoadOptions withBfloat16Training(boolean enabled) {
        return new LoadOptions(device, threads, precision, enabled, workMemoryBytes, meter);
    }

    public LoadOptions withWorkMemoryBytes(long bytes) {
        return new LoadOptions(device, threads, precision, bfloat16Training, bytes, meter);
    }

    /** For this model and every model that is merged from it. */
    public LoadOptions withTokenMeter(TokenMeter tokens) {
        return new LoadOptions(device, threads, precision, bfloat16Training, workMemoryBytes, tokens);
    }

    /**
     * The engine's device.
     *
     * @throws IllegalArgumentException if the engine has no such GPU
     */
    Device engineDevice(int gpus) {
        Matcher cuda = CUDA.matcher(device);
        if (!cuda.matches()) {
            return Device.cpu();
        }
        int number = cuda.group("number") == null ? 0 : Integer.parseInt(cuda.group("number"));
        if (number >= gpus) {
            throw new IllegalArgumentException("device is \"" + device + "\", but libtorch finds " + gpus
                    + " GPUs; give cpu, or a CUDA build of libtorch and a GPU that its driver lists");
        }
        return Device.gpu(number);
    }
}
