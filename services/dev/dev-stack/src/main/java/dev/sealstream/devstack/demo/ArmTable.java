package dev.sealstream.devstack.demo;

import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.DocumentScore;
import dev.sealstream.domain.Estimate;
import dev.sealstream.domain.Measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Closed-book accuracy on the held-out documents, arm by arm, and what the arms differ by, document by document.
 *
 * <p>Everything is computed from the evaluator's scores of single documents, which the gate decided on too.
 */
public record ArmTable(List<Arm> arms, List<Difference> differences) {

    /** One row: mean accuracy, 0 to 1, with its standard error over documents. */
    public record Arm(String name, Estimate accuracy) {}

    /** Mean of the paired differences of two arms, with its standard error over documents. */
    public record Difference(String name, Estimate difference) {}

    private record Scores(String name, Measurement measurement, ToDoubleFunction<DocumentScore> arm) {
        Estimate accuracy() {
            return Estimate.of(measurement.values(arm));
        }

        Difference minus(Scores other) {
            return new Difference(name + " − " + other.name, measurement.minus(arm, other.measurement, other.arm));
        }
    }

    public ArmTable {
        arms = List.copyOf(arms);
        differences = List.copyOf(differences);
    }

    /** @throws StackException if a round's candidate could not be measured */
    public static ArmTable of(List<RoundReport> rounds) {
        for (RoundReport round : rounds) {
            if (round.measured().failure() != null) {
                throw new StackException("there is no table: the candidate of round " + round.number()
                        + " could not be measured, " + round.measured().failure());
            }
        }
        Measurement base = rounds.get(0).measured().parent();
        Scores nothing = new Scores("nothing", base, DocumentScore::nothing);
        Scores passageOnly = new Scores("passage only", base, DocumentScore::passageOnly);
        Scores baseEdits = new Scores("base policy's edits", base, DocumentScore::selfEdits);

        List<Scores> rows = new ArrayList<>(List.of(nothing, passageOnly, baseEdits));
        List<Difference> differences =
                new ArrayList<>(List.of(passageOnly.minus(nothing), baseEdits.minus(passageOnly)));
        for (RoundReport round : rounds) {
            Scores after =
                    new Scores("policy after round " + round.number(), round.policyAfter(), DocumentScore::selfEdits);
            rows.add(after);
            differences.add(after.minus(baseEdits));
        }
        return new ArmTable(
                rows.stream().map(row -> new Arm(row.name(), row.accuracy())).toList(), differences);
    }
}
