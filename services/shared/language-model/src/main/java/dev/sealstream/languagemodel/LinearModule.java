package dev.sealstream.languagemodel;

/**
 * A linear module of a transformer block: what an adapter can be attached to.
 *
 * @param path inside a block, such as {@code self_attn.q_proj}
 * @param slot the fused matrix that holds its weight
 * @param row first row of its weight there
 */
record LinearModule(String path, LayerSlot slot, int row, int inFeatures, int outFeatures) {}
