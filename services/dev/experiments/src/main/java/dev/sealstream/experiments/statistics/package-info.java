/** Means, paired differences and honest best-of-G, on plain numbers. Knows nothing of events. */
package dev.sealstream.experiments.statistics;
