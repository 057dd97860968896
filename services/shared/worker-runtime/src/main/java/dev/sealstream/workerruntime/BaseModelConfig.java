package dev.sealstream.workerruntime;

import dev.sealstream.languagemodel.Precision;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

import java.nio.file.Path;

/** The base model and the device it lives on. */
@ConfigMapping(prefix = "seal.model")
public interface BaseModelConfig {
    /** Base model in Hugging Face's layout; every worker of a lineage must hold the same one. */
    Path directory();

    /** What adapter_config.json names as the base model. */
    @NotBlank
    @WithDefault("sealstream/tiny-world")
    String name();

    /** Where tensors live: cpu, or cuda:N with a CUDA build of libtorch. */
    @NotBlank
    @WithDefault("cpu")
    String device();

    /** Threads of one tensor operation; more speed up large models and slow down small ones on a busy machine. */
    @Min(1)
    @WithDefault("1")
    int threads();

    /**
     * Whether adapters train with bfloat16 products (their weights and moments stay float32). About twice as fast on a
     * processor or GPU with bfloat16 instructions, much slower without; rewards change in their last digits.
     */
    @WithDefault("false")
    boolean bfloat16Training();

    /**
     * Number format of the weight matrices, whatever the files hold: float32 or bfloat16. Half of the memory with bfloat16;
     * every worker of a lineage should use the same one, since rewards change in their last digits.
     */
    @WithDefault("float32")
    Precision precision();

    /**
     * Memory that training and generation may take beside the weights. More lets more adapters and rows work at once; 0
     * takes most of what is free when the work starts; where that is little, the last digit of rewards depends on it.
     */
    @WithDefault("0")
    MemorySize workMemory();
}
