/**
 * Measures how fast the language model is, against itself, against the processor and against others.
 *
 * <p>Speed is told as ratios of figures measured in the same run, alternately, because machines are never quiet. What is
 * asserted belongs into tests of the modules; nothing here passes or fails by a clock.
 */
package dev.sealstream.benchmarks;
