package dev.sealstream.policymodel;

import dev.sealstream.domain.Seeds;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.Penalties;
import dev.sealstream.languagemodel.Rehearsal;
import dev.sealstream.languagemodel.Retention;
import dev.sealstream.languagemodel.TrainingSequence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Turns what a lineage learnt before into what an update must not forget. The same for all self-edits of a group, so that
 * their rewards differ by what they say; samples are drawn by hashes of datum, repeat and place in the lineage.
 */
final class Remembering {
    private final ForgettingSettings settings;
    private final Function<String, TrainingSequence> sequence;

    /** @param sequence makes a text into what the inner loop learns */
    Remembering(ForgettingSettings settings, Function<String, TrainingSequence> sequence) {
        this.settings = settings;
        this.sequence = sequence;
    }

    Retention retention(LanguageModel model, SelfEditsProposed group, int repeat, Past past) {
        String seed = group.datum().dataId() + "/" + repeat + "/";
        List<List<String>> lessons = sample("replay/" + seed, past.lessons(), settings.lessonsMax());
        List<TrainingSequence> replay = settings.uses(Forgetting.REPLAY) ? sequences(lessons) : List.of();
        List<TrainingSequence> anchors =
                settings.uses(Forgetting.KL) ? anchors(model, group, past, "anchors/" + seed) : List.of();
        var rehearsal = new Rehearsal(
                replay,
                settings.weight(Forgetting.REPLAY, settings.replayWeight() * lessons.size()),
                anchors,
                settings.weight(Forgetting.KL, settings.klWeight()));
        var penalties = new Penalties(
                settings.weight(Forgetting.L2, settings.l2Weight()),
                settings.weight(Forgetting.ORTHOGONAL, settings.overlapWeight()),
                settings.uses(Forgetting.ORTHOGONAL) ? past.deltas() : List.of());
        return new Retention(rehearsal, penalties);
    }

    /** The group's own prompt and self-edits, which the head wrote, then texts of earlier lessons. */
    private List<TrainingSequence> anchors(LanguageModel model, SelfEditsProposed group, Past past, String seed) {
        var text = new PromptTokens(model);
        var anchors = new ArrayList<TrainingSequence>();
        for (SelfEdit selfEdit : group.selfEdits()) {
            int[] written = selfEdit.tokens();
            var example =
                    text.example(group.prompt(), written.length > 0 ? written : text.encode(selfEdit.completion()));
            if (example.tokens().length <= model.config().maxPositions() && anchors.size() < settings.anchorsMax()) {
                anchors.add(example);
            }
        }
        List<String> earlier = past.lessons().stream().flatMap(List::stream).toList();
        sample(seed, earlier, settings.anchorsMax() - anchors.size())
                .forEach(line -> anchors.add(sequence.apply(line)));
        return anchors;
    }

    private List<TrainingSequence> sequences(List<List<String>> lessons) {
        return lessons.stream().flatMap(List::stream).map(sequence).toList();
    }

    /** At most so many of the elements, in their order. */
    private static <T> List<T> sample(String seed, List<T> from, int most) {
        return IntStream.range(0, from.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> Seeds.of(seed + i)))
                .limit(most)
                .sorted()
                .map(from::get)
                .toList();
    }
}
