/**
 * Reads and writes the safetensors format: named tensors behind a JSON header, without code in the file.
 *
 * <p>Tensors are memory-mapped one by one, so a file may be larger than 2 GiB. Nothing here knows models or engines.
 * Format: https://huggingface.co/docs/safetensors.
 */
package dev.sealstream.languagemodel.safetensors;
