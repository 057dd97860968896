/**
 * From the micro-world to the tiny model: tokenizer, corpus, initial weights, curriculum, and the measurements that say
 * whether a model is good enough to ship. Needs minutes on a CPU; nothing here runs in a service.
 */
package dev.sealstream.tinyworld.pretraining;
