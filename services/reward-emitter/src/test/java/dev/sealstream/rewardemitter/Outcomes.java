package dev.sealstream.rewardemitter;

import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.Sha256;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Outcomes of groups of three for the tests of this package. */
final class Outcomes {
    static final int GROUP_SIZE = 3;

    private Outcomes() {}

    static RolloutEnded ended(String dataId, DataMode mode, int index, Outcome outcome) {
        String groupId = Ids.rolloutGroup(dataId, 0);
        var edit = new SelfEdit(
                Ids.selfEdit(groupId, index),
                index,
                "completion " + index,
                List.of("title\nline"),
                null,
                new int[] {1, 2},
                new float[] {-1f, -2f});
        return new RolloutEnded(
                groupId, GROUP_SIZE, dataId, mode, "main", 0, Sha256.hex("base"), "prompt", edit, 0.25, outcome);
    }

    /** @param correctOfFour for each repeat, how many of four questions were answered correctly */
    static RolloutEnded scored(String dataId, DataMode mode, int index, int... correctOfFour) {
        String editId = Ids.selfEdit(Ids.rolloutGroup(dataId, 0), index);
        var repeats = IntStream.range(0, correctOfFour.length)
                .mapToObj(repeat -> new RepeatScore(update(editId, repeat), answers(correctOfFour[repeat])))
                .toList();
        return ended(dataId, mode, index, new Outcome.Scored(repeats));
    }

    static RolloutEnded scored(String dataId, int index, int... correctOfFour) {
        return scored(dataId, DataMode.TRAIN, index, correctOfFour);
    }

    static AdapterReference adapter(String updateId) {
        return new AdapterReference(artifact(updateId + ".json"), artifact(updateId + ".safetensors"));
    }

    private static AdapterUpdate update(String editId, int repeat) {
        String id = Ids.update(editId, repeat);
        return new AdapterUpdate(id, editId, repeat, adapter(id), null, List.of(1f), 0.5 + repeat, 0.1 + repeat);
    }

    private static List<GradedAnswer> answers(int correct) {
        var answers = new ArrayList<GradedAnswer>();
        for (int i = 0; i < 4; i++) {
            answers.add(new GradedAnswer("q" + i, "yes", i < correct ? "yes" : "no", i < correct));
        }
        return answers;
    }

    private static ArtifactReference artifact(String name) {
        return new ArtifactReference("store:" + name, name.length(), Sha256.hex(name));
    }
}
