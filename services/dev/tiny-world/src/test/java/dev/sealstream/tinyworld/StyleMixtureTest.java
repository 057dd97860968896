package dev.sealstream.tinyworld;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StyleMixtureTest {
    private static final int DRAWS = 20_000;

    @Test
    void stylesComeAsOftenAsTheirWeights() {
        var draw = new Draw(1);
        var counts = new EnumMap<SelfEditStyle, Integer>(SelfEditStyle.class);

        for (int i = 0; i < DRAWS; i++) {
            counts.merge(StyleMixture.BASE.draw(draw), 1, Integer::sum);
        }

        StyleMixture.BASE.weights().forEach((style, weight) -> assertThat((double) counts.get(style) / DRAWS)
                .as(style.name())
                .isCloseTo(weight, within(.02)));
    }

    @Test
    void wrongValuesAreWrongAndOnlyAsOftenAsAsked() {
        var draw = new Draw(2);
        int wrong = 0;
        int facts = 0;
        for (int i = 0; i < 500; i++) {
            Passage passage = Passage.draw(Person.draw("Zorka", draw), 6, draw);
            for (String line : SelfEditWriter.write(passage, SelfEditStyle.IMPLICATIONS, .1, draw)) {
                FactCheck.Verdict verdict = FactCheck.of(line, passage).verdict();
                facts += verdict == FactCheck.Verdict.NO_FACT ? 0 : 1;
                wrong += verdict == FactCheck.Verdict.WRONG ? 1 : 0;
            }
        }

        assertThat((double) wrong / facts).isCloseTo(.1, within(.03));
    }

    @Test
    void unmistakenEditsAreCorrectInEveryStyle() {
        var draw = new Draw(3);
        Passage passage = Passage.draw(Person.draw("Zorka", draw), 7, draw);
        for (SelfEditStyle style : SelfEditStyle.values()) {
            List<String> lines = SelfEditWriter.write(passage, style, 0, draw);

            assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(
                            FactCheck.of(line, passage).verdict())
                    .isNotEqualTo(FactCheck.Verdict.WRONG));
        }
    }
}
