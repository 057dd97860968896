package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.tinyworld.FactCheck;
import dev.sealstream.tinyworld.Passage;
import dev.sealstream.tinyworld.Relation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a set of self-edits is made of.
 *
 * @param linesPerEdit mean number of lines
 * @param factsCovered mean part of a passage's facts that an edit states correctly
 * @param wrongFacts part of the lines that state a fact which state it wrongly
 * @param kinds part of all lines that have each form
 */
record EditMixture(double linesPerEdit, double factsCovered, double wrongFacts, Map<FactCheck.Kind, Double> kinds) {

    EditMixture {
        kinds = Map.copyOf(kinds);
    }

    /** {@code edits.get(i)} holds the lines of an edit about {@code passages.get(i)}. */
    static EditMixture of(List<Passage> passages, List<List<String>> edits) {
        int lines = 0;
        int right = 0;
        int wrong = 0;
        double covered = 0;
        var counts = new EnumMap<FactCheck.Kind, Double>(FactCheck.Kind.class);
        for (int i = 0; i < edits.size(); i++) {
            var stated = EnumSet.noneOf(Relation.class);
            for (String line : edits.get(i)) {
                FactCheck check = FactCheck.of(line, passages.get(i));
                lines++;
                counts.merge(check.kind(), 1.0, Double::sum);
                if (check.verdict() == FactCheck.Verdict.CORRECT) {
                    right++;
                    stated.add(check.relation().orElseThrow());
                } else if (check.verdict() == FactCheck.Verdict.WRONG) {
                    wrong++;
                }
            }
            covered += (double) stated.size() / passages.get(i).relations().size();
        }
        double all = Math.max(1, lines);
        counts.replaceAll((kind, count) -> count / all);
        int edited = Math.max(1, edits.size());
        return new EditMixture(
                (double) lines / edited, covered / edited, (double) wrong / Math.max(1, right + wrong), counts);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%.1f lines an edit, facts covered %.2f, wrong %.2f;",
                linesPerEdit,
                factsCovered,
                wrongFacts));
        for (FactCheck.Kind kind : FactCheck.Kind.values()) {
            text.append(String.format(
                    Locale.ROOT, " %s %.2f", kind.name().toLowerCase(Locale.ROOT), kinds.getOrDefault(kind, 0.0)));
        }
        return text.toString();
    }
}
