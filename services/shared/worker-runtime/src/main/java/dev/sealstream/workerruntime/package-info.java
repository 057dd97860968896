/**
 * The Quarkus side of a GPU worker: configuration, the model it holds, its Kafka loops, health and metrics.
 *
 * <p>The four GPU services wire their pipelines with this and differ in the pipeline alone. Stays out: what a pipeline
 * does.
 */
package dev.sealstream.workerruntime;
