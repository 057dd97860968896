package dev.sealstream.tinyworld;

import dev.sealstream.tinyworld.FactCheck.Kind;
import dev.sealstream.tinyworld.FactCheck.Verdict;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FactCheckTest {
    private final Draw draw = new Draw(7);
    private final Person person = Person.draw("Zorka", draw);
    private final Passage passage = Passage.draw(person, 6, draw);
    private final Relation told = passage.relations().get(0);

    @Test
    void linesWithoutMistakesAreCorrectInEveryForm() {
        for (Relation relation : passage.relations()) {
            String value = person.fact(relation);

            assertThat(FactCheck.of(Statements.implication(person, relation, value, draw), passage))
                    .isEqualTo(new FactCheck(Verdict.CORRECT, Kind.IMPLICATION, java.util.Optional.of(relation)));
            assertThat(FactCheck.of(Statements.questionAndAnswer(person, relation, value, draw), passage)
                            .kind())
                    .isEqualTo(Kind.QUESTION);
            assertThat(FactCheck.of(Statements.sentence(person, relation, value, true, draw), passage))
                    .isEqualTo(new FactCheck(Verdict.CORRECT, Kind.REWRITE, java.util.Optional.of(relation)));
            assertThat(FactCheck.of(Statements.sentence(person, relation, value, false, draw), passage))
                    .isEqualTo(new FactCheck(Verdict.CORRECT, Kind.COPY, java.util.Optional.of(relation)));
        }
    }

    @Test
    void anotherValueIsWrong() {
        String other = told.pool().words().stream()
                .filter(value -> !value.equals(person.fact(told)))
                .findFirst()
                .orElseThrow();

        FactCheck check = FactCheck.of(Statements.implication(person, told, other, draw), passage);

        assertThat(check.verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void anotherPersonIsWrong() {
        Person stranger = new Person("Kelmir", person.pronoun(), person.facts());

        FactCheck check = FactCheck.of(Statements.questionAndAnswer(stranger, told, person.fact(told), draw), passage);

        assertThat(check.verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void factsThePassageDoesNotTellAreWrong() {
        var untold = new ArrayList<>(List.of(Relation.values()));
        untold.removeAll(passage.relations());
        Relation relation = untold.get(0);

        FactCheck check = FactCheck.of(Statements.implication(person, relation, person.fact(relation), draw), passage);

        assertThat(check.verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void emptyPhrasesAndUnknownTextStateNoFact() {
        for (String form : Statements.VAGUE) {
            assertThat(FactCheck.of(form.replace("{name}", "Zorka"), passage).kind())
                    .isEqualTo(Kind.VAGUE);
        }
        assertThat(FactCheck.of("Zorka of of the", passage))
                .isEqualTo(new FactCheck(Verdict.NO_FACT, Kind.OTHER, java.util.Optional.empty()));
    }

    @Test
    void evaluationQuestionsNeverStandInSelfEdits() {
        for (SelfEditStyle style : SelfEditStyle.values()) {
            for (int i = 0; i < 50; i++) {
                String edit = String.join("\n", SelfEditWriter.write(passage, style, .1, draw));
                for (Relation relation : Relation.values()) {
                    assertThat(Statements.evaluationQuestions(person, relation)).noneMatch(edit::contains);
                }
            }
        }
    }
}
