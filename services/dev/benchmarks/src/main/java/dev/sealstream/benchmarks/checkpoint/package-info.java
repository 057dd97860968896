/**
 * Random models in Hugging Face's layout, of any size, written without holding them in memory.
 *
 * <p>Names, shapes and file layout are written out here a second time, from the published checkpoints, and share no code
 * with the library that reads them: what both agree on is a check of both.
 *
 * <p>Letters: V vocabulary, D width, F feed-forward width, H query heads, G key and value heads, h head dimension.
 */
package dev.sealstream.benchmarks.checkpoint;
