package dev.sealstream.languagemodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealstream.languagemodel.safetensors.FloatTensor;
import dev.sealstream.languagemodel.safetensors.Safetensors;
import dev.sealstream.languagemodel.safetensors.SafetensorsException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adapters in the format of Hugging Face's PEFT library: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 *
 * <p>Values are float32 and survive a round trip bit for bit; the same adapter gives the same bytes.
 */
public final class PeftFormat {
    public static final String CONFIG_FILE = "adapter_config.json";
    public static final String WEIGHTS_FILE = "adapter_model.safetensors";

    private static final String PREFIX = "base_model.model.";
    private static final String A_SUFFIX = ".lora_A.weight";
    private static final String B_SUFFIX = ".lora_B.weight";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PeftFormat() {}

    /** Returns the content of {@code adapter_config.json}. */
    public static byte[] configJson(LoraAdapter adapter, String baseModelName) {
        ObjectNode node = JSON.createObjectNode();
        node.put("peft_type", "LORA");
        node.put("task_type", "CAUSAL_LM");
        node.put("base_model_name_or_path", baseModelName);
        node.put("r", adapter.settings().rank());
        double alpha = adapter.settings().alpha();
        if (alpha == Math.rint(alpha) && Math.abs(alpha) < Integer.MAX_VALUE) {
            node.put("lora_alpha", (int) alpha);
        } else {
            node.put("lora_alpha", alpha);
        }
        adapter.settings().targetModules().forEach(node.putArray("target_modules")::add);
        node.put("lora_dropout", 0.0);
        node.put("bias", "none");
        node.put("fan_in_fan_out", false);
        node.put("use_rslora", false);
        node.put("use_dora", false);
        node.put("inference_mode", true);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + CONFIG_FILE, e);
        }
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
     * @throws IllegalArgumentException if the config asks for something else than plain LoRA
     * @throws SafetensorsException if the weights are damaged, misshapen or not float32
     */
    public static LoraAdapter read(byte[] configJson, byte[] safetensors) {
        LoraSettings settings = settings(configJson);
        Map<String, FloatTensor> tensors = Safetensors.read(WEIGHTS_FILE, safetensors);
        Map<String, LoraFactors> modules = new LinkedHashMap<>();
        for (Map.Entry<String, FloatTensor> tensor : tensors.entrySet()) {
            if (tensor.getKey().startsWith(PREFIX) && tensor.getKey().endsWith(A_SUFFIX)) {
                String path = tensor.getKey()
                        .substring(PREFIX.length(), tensor.getKey().length() - A_SUFFIX.length());
                modules.put(
                        path, factors(path, settings.rank(), tensor.getValue(), tensors.get(PREFIX + path + B_SUFFIX)));
            }
        }
        if (2 * modules.size() != tensors.size()) {
            throw new SafetensorsException(
                    WEIGHTS_FILE + " has " + tensors.size() + " tensors, of which " + modules.size()
                            + " pairs are LoRA factors named " + PREFIX + "<module>" + A_SUFFIX + " and " + B_SUFFIX);
        }
        return new LoraAdapter(settings, modules);
    }

    private static LoraFactors factors(String path, int rank, FloatTensor a, FloatTensor b) {
        if (b == null
                || a.shape().size() != 2
                || b.shape().size() != 2
                || a.shape().get(0) != rank
                || b.shape().get(1) != rank) {
            throw new SafetensorsException(
                    "tensor " + path + " of " + WEIGHTS_FILE + " has A of shape " + a.shape() + " and B "
                            + (b == null ? "missing" : "of shape " + b.shape()) + ", expected (" + rank
                            + ", in) and (out, " + rank
                            + ")");
        }
        return new LoraFactors(
                rank, a.shape().get(1).intValue(), b.shape().get(0).intValue(), a.values(), b.values());
    }

    private static LoraSettings settings(byte[] configJson) {
        JsonNode node;
        try {
            node = JSON.readTree(configJson);
        } catch (IOException e) {
            throw new IllegalArgumentException(CONFIG_FILE + " is not JSON: " + e.getMessage(), e);
        }
        boolean plain = node.path("peft_type").asText().equals("LORA")
                && !node.path("use_rslora").asBoolean(false)
                && !node.path("use_dora").asBoolean(false)
                && node.path("rank_pattern").isEmpty()
                && node.path("alpha_pattern").isEmpty()
                && node.path("bias").asText("none").equals("none");
        if (!plain || !node.path("r").isInt() || !node.path("lora_alpha").isNumber()) {
            throw new IllegalArgumentException(
                    CONFIG_FILE + " is not plain LoRA with an integer r and a number lora_alpha: " + node
                            + "; train it without rsLoRA, DoRA, patterns and biases");
        }
        List<String> modules = new ArrayList<>();
        node.path("target_modules").forEach(module -> modules.add(module.asText()));
        return new LoraSettings(node.path("r").asInt(), node.path("lora_alpha").asDouble(), modules);
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
