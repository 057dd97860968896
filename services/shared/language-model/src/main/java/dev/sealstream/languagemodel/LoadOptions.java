package dev.sealstream.languagemodel;

/**
 * Where and how a model runs.
 *
 * @param device {@code cpu} or {@code gpu}; a GPU needs a CUDA build of libtorch
 * @param threads threads of one native call on the CPU. The engine has one setting for the whole process: the last model
 *     loaded decides
 */
public record LoadOptions(String device, int threads) {
    /** Products of small models do not fill more cores. */
    private static final int THREADS_MAX = 4;

    public LoadOptions {
        if (!device.equals("cpu") && !device.equals("gpu")) {
            throw new IllegalArgumentException("device is \"" + device + "\"; cpu and gpu are supported");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; at least 1 is needed");
        }
    }

    /** The CPU, with all cores up to four. */
    public static LoadOptions cpu() {
        return cpu(Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors()));
    }

    public static LoadOptions cpu(int threads) {
        return new LoadOptions("cpu", threads);
    }
}
