package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.SelfEdit;

import java.util.ArrayList;
import java.util.List;

/** A self-edit inside other records. */
final class SelfEditFields {
    private SelfEditFields() {}

    static dev.sealstream.events.SelfEdit avro(SelfEdit edit) {
        return dev.sealstream.events.SelfEdit.newBuilder()
                .setSelfEditId(edit.selfEditId())
                .setIndex(edit.index())
                .setCompletion(edit.completion())
                .setTrainingSequences(edit.trainingSequences())
                .setInvalidReason(edit.invalidReason())
                .setTokens(boxed(edit.tokens()))
                .setLogProbabilities(boxed(edit.logProbabilities()))
                .build();
    }

    static SelfEdit domain(dev.sealstream.events.SelfEdit avro) {
        return new SelfEdit(
                avro.getSelfEditId(),
                avro.getIndex(),
                avro.getCompletion(),
                avro.getTrainingSequences(),
                avro.getInvalidReason(),
                avro.getTokens().stream().mapToInt(Integer::intValue).toArray(),
                floats(avro.getLogProbabilities()));
    }

    private static List<Integer> boxed(int[] values) {
        var boxed = new ArrayList<Integer>(values.length);
        for (int value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    private static List<Float> boxed(float[] values) {
        var boxed = new ArrayList<Float>(values.length);
        for (float value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    private static float[] floats(List<Float> boxed) {
        float[] values = new float[boxed.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = boxed.get(i);
        }
        return values;
    }
}
