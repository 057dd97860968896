/**
 * How events travel: the catalogue of topics, events as bytes, and the loop that lets a stage work for minutes and still
 * write its result and its offset in one transaction.
 *
 * <p>A worker gives a {@link dev.sealstream.eventstreaming.Stage} to a
 * {@link dev.sealstream.eventstreaming.StageWorker}; clients send with
 * {@link dev.sealstream.eventstreaming.EventProducer} and read whole topics with
 * {@link dev.sealstream.eventstreaming.LogReader}. Faults come in three kinds:
 * {@link dev.sealstream.eventstreaming.InvalidEventException} (to the dead letters),
 * {@link dev.sealstream.eventstreaming.TransientFaultException} (tried again, a bounded number of times) and everything
 * else (the worker stops), of which {@link dev.sealstream.eventstreaming.BrokerAccess} puts into words what a broker refuses.
 *
 * <p>Stays out: what a stage does, tensors, Quarkus, metrics libraries.
 */
package dev.sealstream.eventstreaming;
