package dev.sealstream.domain;

import java.util.List;

/**
 * What came of training one adapter: one repeat of one self-edit.
 *
 * @param adapter the trained adapter, or null when training failed
 * @param failure why training failed, or null
 * @param lossCurve mean loss in nats per token before each optimizer step
 * @param frobeniusNorm Frobenius norm of the weight change over all modules
 * @param largestSingularValue largest singular value of any module's weight change
 */
public record AdapterUpdate(
        String updateId,
        String selfEditId,
        int repeat,
        AdapterReference adapter,
        String failure,
        List<Float> lossCurve,
        double frobeniusNorm,
        double largestSingularValue) {

    public AdapterUpdate {
        Require.nonBlank("updateId", updateId);
        Require.nonBlank("selfEditId", selfEditId);
        Require.atLeast("repeat", repeat, 0);
        lossCurve = List.copyOf(lossCurve);
        if ((adapter == null) == (failure == null)) {
            throw new IllegalArgumentException(
                    "update " + updateId + " needs either an adapter or a failure, and not both");
        }
    }

    public static AdapterUpdate failed(String selfEditId, int repeat, String failure) {
        return new AdapterUpdate(
                Ids.update(selfEditId, repeat), selfEditId, repeat, null, failure, List.of(), 0.0, 0.0);
    }
}
