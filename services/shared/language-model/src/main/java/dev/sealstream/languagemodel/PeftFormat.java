package dev.sealstream.languagemodel;

import dev.sealstream.languagemodel.safetensors.FloatTensor;
import dev.sealstream.languagemodel.safetensors.Safetensors;
import dev.sealstream.languagemodel.safetensors.SafetensorsException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adapters in the format of Hugging Face's PEFT library: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 *
 * <p>Values are written as float32 and survive a round trip bit for bit; the same adapter gives the same bytes. Adapters
 * made elsewhere may hold bfloat16 or float16, adapt some modules only, and carry fields that do not change the result.
 */
public final class PeftFormat {
    public static final String CONFIG_FILE = "adapter_config.json";
    public static final String WEIGHTS_FILE = "adapter_model.safetensors";

    private static final String PREFIX = "base_model.model.";
    private static final String A_SUFFIX = ".lora_A.weight";
    private static final String B_SUFFIX = ".lora_B.weight";

    /** PEFT leaves the adapter's name out when it saves; other tools keep it before {@code .weight}. */
    private static final Pattern FACTOR =
            Pattern.compile(Pattern.quote(PREFIX) + "(?<path>.+)\\.lora_(?<factor>[AB])(\\.(?<name>[^.]+))?\\.weight");

    private PeftFormat() {}

    /** Returns the content of {@code adapter_config.json}. */
    public static byte[] configJson(LoraAdapter adapter, String baseModelName) {
        return PeftConfig.write(adapter, baseModelName);
    }

    /**
     * Whether an adapter with this config has a topic, and so is kept beside the weights.
     *
     * @throws IllegalArgumentException if the config is damaged
     */
    public static boolean hasTopic(byte[] configJson) {
        return PeftConfig.hasTopic(configJson);
    }

    /** Returns the content of {@code adapter_model.safetensors}. */
    public static byte[] safetensors(LoraAdapter adapter) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        adapter.modules().forEach((path, factors) -> {
            tensors.put(PREFIX + path + A_SUFFIX, FloatTensor.of(factors.a(), factors.rank(), factors.inFeatures()));
            tensors.put(PREFIX + path + B_SUFFIX, FloatTensor.of(factors.b(), factors.outFeatures(), factors.rank()));
        });
        return Safetensors.bytes(tensors);
    }

    /**
     * Reads an adapter.
     *
     * @throws IllegalArgumentException if the config asks for something else than LoRA, or the weights hold modules that
     *     it does not target
     * @throws SafetensorsException if the weights are damaged, misshapen or not LoRA factors
     */
    public static LoraAdapter read(byte[] configJson, byte[] safetensors) {
        LoraSettings settings = PeftConfig.read(configJson);
        Map<String, FloatTensor> a = new LinkedHashMap<>();
        Map<String, FloatTensor> b = new LinkedHashMap<>();
        Safetensors.read(WEIGHTS_FILE, safetensors).forEach((name, tensor) -> {
            Matcher factor = FACTOR.matcher(name);
            if (!factor.matches()) {
                throw new SafetensorsException("tensor " + name + " of " + WEIGHTS_FILE + " is "
                        + UnsupportedPeft.explain(name) + "; expected " + PREFIX + "<module>" + A_SUFFIX + " and "
                        + B_SUFFIX);
            }
            Map<String, FloatTensor> factors = factor.group("factor").equals("A") ? a : b;
            if (factors.put(factor.group("path"), tensor) != null) {
                throw new SafetensorsException("tensor " + name + " of " + WEIGHTS_FILE + " is that of a second adapter"
                        + " for its module; save each adapter to a file of its own");
            }
        });
        Map<String, LoraFactors> modules = new LinkedHashMap<>();
        Set<String> paths = new LinkedHashSet<>(a.keySet());
        paths.addAll(b.keySet());
        paths.forEach(path -> modules.put(path, factors(path, settings.rank(path), a.get(path), b.get(path))));
        if (modules.isEmpty()) {
            throw new SafetensorsException(WEIGHTS_FILE + " has no tensors; save the adapter after training it");
        }
        return PeftConfig.withTopic(configJson, new LoraAdapter(settings, modules));
    }

    private static LoraFactors factors(String path, int rank, FloatTensor a, FloatTensor b) {
        boolean fits = a != null
                && b != null
                && a.shape().size() == 2
                && b.shape().size() == 2
                && a.shape().get(0) == rank
                && b.shape().get(1) == rank;
        if (!fits) {
            throw new SafetensorsException("module " + path + " of " + WEIGHTS_FILE + " has A " + shape(a) + " and B "
                    + shape(b) + ", expected (" + rank + ", in) and (out, " + rank + ") as " + CONFIG_FILE + " says");
        }
        return new LoraFactors(
                rank, a.shape().get(1).intValue(), b.shape().get(0).intValue(), a.values(), b.values());
    }

    private static String shape(FloatTensor tensor) {
        return tensor == null ? "missing" : "of shape " + tensor.shape();
    }

    /** Writes both files into a directory, which is created if need be. */
    public static void write(LoraAdapter adapter, String baseModelName, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(CONFIG_FILE), configJson(adapter, baseModelName));
            Files.write(directory.resolve(WEIGHTS_FILE), safetensors(adapter));
        } catch (IOException e) {
            throw new UncheckedIOException("writing an adapter to " + directory, e);
        }
    }

    /** Reads both files of a directory; throws as {@link #read(byte[], byte[])}. */
    public static LoraAdapter read(Path directory) {
        try {
            return read(
                    Files.readAllBytes(directory.resolve(CONFIG_FILE)),
                    Files.readAllBytes(directory.resolve(WEIGHTS_FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading an adapter from " + directory, e);
        }
    }
}
