/**
 * A decoder-only transformer that generates text and trains LoRA adapters on itself.
 *
 * <p>Families: Llama, Mistral, Qwen2, Qwen3 and GPT-2, read from and written to Hugging Face directories; adapters in PEFT's format. This
 * package knows tokens, weights and gradients. It must not know Kafka, Quarkus, or what a self-edit is.
 *
 * <p>Shapes in comments: B rows, T tokens of a row, D width, H query heads, G key/value heads, h head dimension, F
 * feed-forward width, V vocabulary, K adapters trained or applied together, r rank of an adapter.
 */
package dev.sealstream.languagemodel;
