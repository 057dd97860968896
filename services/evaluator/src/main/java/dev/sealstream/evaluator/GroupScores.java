package dev.sealstream.evaluator;

import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RepeatRule;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.UpdateWanted;
import dev.sealstream.policymodel.Sitting;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of a group's updates: earlier scores and those of this exam. */
final class GroupScores {
    private final AdaptersTrained trained;
    private final Map<String, RepeatScore> scores = new HashMap<>();
    private final Map<String, String> withheld = new HashMap<>();
    private String examFailure;

    GroupScores(AdaptersTrained trained) {
        this.trained = trained;
        trained.scores().forEach(score -> scores.put(score.update().updateId(), score));
    }

    /** The trained updates that have no score yet. */
    List<AdapterUpdate> unquestioned() {
        return trained.updates().stream()
                .filter(update -> update.adapter() != null && !scores.containsKey(update.updateId()))
                .toList();
    }

    void add(AdapterUpdate update, Sitting sitting) {
        if (sitting.graded()) {
            scores.put(update.updateId(), new RepeatScore(update, sitting.answers()));
        } else {
            withheld.put(update.updateId(), sitting.withheld());
        }
    }

    /** Those without a score cannot get one. */
    void examFailed(String reason) {
        examFailure = reason;
    }

    /** All scores, in the order of the updates. */
    List<RepeatScore> scored() {
        return trained.updates().stream()
                .map(update -> scores.get(update.updateId()))
                .filter(score -> score != null)
                .toList();
    }

    /** The updates that are to make the ranking certain; none where it is, or cannot become so. */
    List<UpdateWanted> wanted(RepeatRule rule) {
        if (examFailure != null) {
            return List.of();
        }
        var group = trained.proposal();
        var accuracies = new TreeMap<Integer, List<BigDecimal>>();
        for (var selfEdit : group.selfEdits()) {
            if (outcome(selfEdit) instanceof Outcome.Scored scored) {
                accuracies.put(selfEdit.index(), scored.accuracies());
            }
        }
        var wanted = new ArrayList<UpdateWanted>();
        rule.wanted(accuracies, group.datum().questions().size()).forEach((index, repeats) -> {
            int first = accuracies.get(index).size();
            String selfEditId = group.selfEdits().get(index).selfEditId();
            for (int repeat = first; repeat < first + repeats; repeat++) {
                wanted.add(new UpdateWanted(selfEditId, repeat));
            }
        });
        return wanted;
    }

    /** How a rollout ends if nothing more is measured. */
    Outcome outcome(SelfEdit selfEdit) {
        if (!selfEdit.valid()) {
            return new Outcome.Invalid(selfEdit.invalidReason());
        }
        var repeats = new ArrayList<RepeatScore>();
        var updates = trained.updatesOf(selfEdit);
        for (var update : updates) {
            if (update.failure() != null) {
                return new Outcome.Failed("update " + update.updateId() + ": " + update.failure());
            }
            if (withheld.containsKey(update.updateId())) {
                return new Outcome.Cancelled(
                        "answers of " + update.updateId() + " could not be graded: " + withheld.get(update.updateId()));
            }
            if (!scores.containsKey(update.updateId())) {
                return new Outcome.Failed(examFailure);
            }
            repeats.add(scores.get(update.updateId()));
        }
        return repeats.isEmpty()
                ? new Outcome.Failed("no update was trained for " + selfEdit.selfEditId())
                : new Outcome.Scored(repeats);
    }
}
