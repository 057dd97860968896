/**
 * The merge queue of model versions: decides on measured candidates, one after the other, and is the only writer of
 * {@code seal.checkpoints}.
 *
 * <p>Start reading at {@link dev.sealstream.checkpointgate.GateTopology}. When a candidate is better is a rule of the
 * domain ({@link dev.sealstream.domain.ReleaseRule}). Stays out: weights, measuring, whatever the model could change to
 * get its candidates through.
 */
package dev.sealstream.checkpointgate;
