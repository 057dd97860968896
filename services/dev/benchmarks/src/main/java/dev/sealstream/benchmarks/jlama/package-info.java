/**
 * Jlama, another inference engine in Java, run in a child process on a newer JDK: what we compare with, and a second judge
 * of our arithmetic.
 *
 * <p>Nothing of Jlama is on our class path; the child's source is a resource, its jars are fetched by Maven on demand.
 */
package dev.sealstream.benchmarks.jlama;
