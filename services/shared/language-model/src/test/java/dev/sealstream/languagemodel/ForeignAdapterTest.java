package dev.sealstream.languagemodel;

import ai.djl.ndarray.NDManager;
import dev.sealstream.languagemodel.safetensors.SafetensorsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Adapters as other tools write them: the bytes are made here by hand, not by the code under test. */
class ForeignAdapterTest {
    private static final int RANK = 2;

    private static final String CONFIG = """
            {"peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": "some/model", "revision": null,
             "auto_mapping": null, "r": 2, "lora_alpha": 16, "lora_dropout": 0.05, "bias": "none",
             "target_modules": ["v_proj", "q_proj"], "exclude_modules": null, "rank_pattern": {}, "alpha_pattern": {},
             "fan_in_fan_out": false, "use_rslora": false, "use_dora": false, "lora_bias": false,
             "init_lora_weights": true, "layers_to_transform": null, "layers_pattern": null, "layer_replication": null,
             "loftq_config": {}, "eva_config": null, "modules_to_save": null, "trainable_token_indices": null,
             "megatron_config": null, "megatron_core": "megatron.core", "inference_mode": true,
             "a_field_of_a_later_version": {"x": 1}}""";

    private final ModelConfig config = TinyModels.llama();

    @ParameterizedTest
    @CsvSource({"BF16,lora_%s.weight", "F16,lora_%s.weight", "F32,lora_%s.weight", "BF16,lora_%s.default.weight"})
    void adapterOfQueryAndValueLoadsAndActs(String dtype, String key) {
        // Given powers of two, which every element type holds exactly
        byte[] file = file(dtype, key);

        // When
        LoraAdapter adapter = PeftFormat.read(bytes(CONFIG), file);

        // Then
        assertThat(adapter.modules().keySet())
                .containsExactlyInAnyOrder(
                        "model.layers.0.self_attn.q_proj",
                        "model.layers.0.self_attn.v_proj",
                        "model.layers.1.self_attn.q_proj",
                        "model.layers.1.self_attn.v_proj");
        LoraFactors value = adapter.modules().get("model.layers.1.self_attn.v_proj");
        assertThat(value.a()).hasSize(RANK * 24).startsWith(0.5f, -0.25f, 0.125f, 0.5f);
        assertThat(value.b()).hasSize(12 * RANK);
        assertThat(adapter.scale("model.layers.1.self_attn.v_proj")).isEqualTo(8);
        try (NDManager manager = NDManager.newBaseManager(DecoderScript.ENGINE)) {
            DecoderWeights weights = TinyModels.decoder(manager, config, 1);
            int[] tokens = TinyModels.tokens(config, 9, 2);
            float[] applied = TinyModels.logits(manager, weights, List.of(adapter), tokens);
            assertThat(applied)
                    .isNotEqualTo(TinyModels.logits(manager, weights, List.of(), tokens))
                    .isEqualTo(TinyModels.logits(manager, weights, List.of(sameInFloat32()), tokens));
        }
    }

    @Test
    void targetModulesMayBeARegularExpression() {
        byte[] regex = config("[\"v_proj\", \"q_proj\"]", "\".*self_attn\\\\.(?P<which>q|v)_proj\"");

        assertThat(PeftFormat.read(regex, file("F32", "lora_%s.weight")).modules())
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"peft_type\": \"LORA\"|\"peft_type\": \"IA3\"|peft_type",
                "\"use_dora\": false|\"use_dora\": true|use_dora",
                "\"bias\": \"none\"|\"bias\": \"lora_only\"|bias",
                "\"lora_bias\": false|\"lora_bias\": true|lora_bias",
                "\"modules_to_save\": null|\"modules_to_save\": [\"lm_head\"]|modules_to_save",
                "\"trainable_token_indices\": null|\"trainable_token_indices\": [3]|trainable_token_indices",
                "\"layer_replication\": null|\"layer_replication\": [[0, 1]]|layer_replication",
                "\"init_lora_weights\": true|\"init_lora_weights\": \"pissa_niter_16\"|original base model",
                "\"init_lora_weights\": true|\"init_lora_weights\": \"olora\"|original base model",
                "\"init_lora_weights\": true|\"init_lora_weights\": \"loftq\"|quantised",
                "\"lora_alpha\": 16|\"lora_alpha\": \"many\"|lora_alpha",
                "[\"v_proj\", \"q_proj\"]|null|targetModules",
                "[\"v_proj\", \"q_proj\"]|[\"v_proj\"]|model.layers.0.self_attn.q_proj",
            })
    void whatWouldChangeTheMathematicsIsRefusedByName(String plain, String other, String named) {
        assertThatThrownBy(() -> PeftFormat.read(config(plain, other), file("F32", "lora_%s.weight")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian", "eva", "orthogonal"})
    void startsThatLeaveTheBaseModelAloneAreHarmless(String init) {
        byte[] json = config("\"init_lora_weights\": true", "\"init_lora_weights\": \"" + init + "\"");

        assertThat(PeftFormat.read(json, file("F32", "lora_%s.weight")).modules())
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "model.embed_tokens.lora_embedding_A,embedding",
        "model.layers.0.self_attn.q_proj.lora_magnitude_vector.weight,use_dora",
        "model.layers.0.self_attn.q_proj.lora_B.bias,lora_bias",
        "lm_head.weight,save_embedding_layers",
        "model.layers.0.self_attn.q_proj.lora_A.second.weight,second adapter"
    })
    void tensorThatIsNoFactorIsRefusedByName(String tensor, String reason) {
        Map<String, float[]> tensors = tensors("lora_%s.weight");
        tensors.put("base_model.model." + tensor, new float[] {1, 2});

        assertThatThrownBy(() -> PeftFormat.read(bytes(CONFIG), file("F32", tensors)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(tensor)
                .hasMessageContaining(reason);
    }

    private LoraAdapter sameInFloat32() {
        return PeftFormat.read(bytes(CONFIG), file("F32", "lora_%s.weight"));
    }

    private static byte[] config(String plain, String other) {
        assertThat(CONFIG).contains(plain);
        return bytes(CONFIG.replace(plain, other));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] file(String dtype, String key) {
        return file(dtype, tensors(key));
    }

    private Map<String, float[]> tensors(String key) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        for (int layer = 0; layer < 2; layer++) {
            for (String module : List.of("q_proj", "v_proj")) {
                String path = "base_model.model.model.layers." + layer + ".self_attn." + module + ".";
                int out = module.equals("q_proj") ? 24 : 12;
                tensors.put(path + key.formatted("A"), new float[RANK * 24]);
                tensors.put(path + key.formatted("B"), new float[out * RANK]);
            }
        }
        tensors.values().forEach(values -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = new float[] {0.5f, -0.25f, 0.125f}[i % 3];
            }
        });
        return tensors;
    }

    /** A safetensors file, written out from the format's description. */
    private static byte[] file(String dtype, Map<String, float[]> tensors) {
        int bytes = dtype.equals("F32") ? 4 : 2;
        StringBuilder header = new StringBuilder("{\"__metadata__\": {\"format\": \"pt\"}");
        int offset = 0;
        for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
            int count = tensor.getValue().length;
            boolean a = tensor.getKey().contains("lora_A");
            String shape = a ? RANK + ", " + count / RANK : count / RANK + ", " + RANK;
            header.append(", \"%s\": {\"dtype\": \"%s\", \"shape\": [%s], \"data_offsets\": [%d, %d]}"
                    .formatted(tensor.getKey(), dtype, shape, offset, offset + count * bytes));
            offset += count * bytes;
        }
        byte[] json = bytes(header.append('}').toString());
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + offset).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        tensors.values().forEach(values -> {
            for (float value : values) {
                put(file, dtype, value);
            }
        });
        return file.array();
    }

    private static void put(ByteBuffer file, String dtype, float value) {
        int bits = Float.floatToIntBits(value);
        if (dtype.equals("F32")) {
            file.putInt(bits);
        } else if (dtype.equals("BF16")) {
            file.putShort((short) (bits >>> 16));
        } else { // a normal number whose mantissa fits: move the exponent from bias 127 to bias 15
            int sign = bits >>> 31 << 15;
            int exponent = (bits >>> 23 & 0xFF) - 127 + 15;
            file.putShort((short) (sign | (value == 0 ? 0 : exponent << 10 | (bits >>> 13 & 0x3FF))));
        }
    }
}
