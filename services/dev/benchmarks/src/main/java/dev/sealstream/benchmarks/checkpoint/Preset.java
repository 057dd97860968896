package dev.sealstream.benchmarks.checkpoint;

/** Random models by name. */
public enum Preset {
    /** 110 million parameters, float32. */
    LLAMA_100M_F32("llama-100m-f32", new RandomCheckpoint(CheckpointShape.LLAMA_100M, StoredType.F32)),
    /** The same in bfloat16. */
    LLAMA_100M_BF16("llama-100m-bf16", new RandomCheckpoint(CheckpointShape.LLAMA_100M, StoredType.BF16)),
    /** The shape of Qwen2.5-1.5B in two files, 3.1 GB. */
    QWEN2_1_5B(
            "qwen2-1.5b",
            new RandomCheckpoint(CheckpointShape.QWEN2_1_5B, StoredType.BF16, 2, RandomCheckpoint.USUAL_DEVIATION, 1));

    private final String label;
    private final RandomCheckpoint checkpoint;

    Preset(String label, RandomCheckpoint checkpoint) {
        this.label = label;
        this.checkpoint = checkpoint;
    }

    public RandomCheckpoint checkpoint() {
        return checkpoint;
    }

    /** The name, as the command line and directories spell it. */
    @Override
    public String toString() {
        return label;
    }
}
