package dev.sealstream.devstack.lineage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DiffPageTest {
    private final Story story = new Story();

    @Test
    void deltasOfTheTwoSidesLieBeyondWhatBothHold() {
        assertThat(page(3, 4)).isEqualTo("""
                From version 3 to version 4 of main

                  Both hold version 1 (weights <1>).

                  − version 2  knowledge of ada  60.0 % → 61.0 % on 64 held-out documents (+1.0 ± 0.4); own questions 0.0 % → 75.0 %
                  − version 3  policy  61.0 % → 70.0 % on 64 held-out documents (+9.0 ± 0.4)

                  + version 4  knowledge of bern  60.0 % → 60.0 % on 64 held-out documents (+0.0 ± 0.4); own questions 25.0 % → 100.0 %

                  no longer learnt for good
                  − ada

                  learnt for good
                  + bern

                  weights differ by norm 3.75 at most
                    model.layers.0.mlp  3.00
                    model.layers.1.mlp  2.25""".replace("<1>", Words.hash(story.hashes.get(1L))));
    }

    @Test
    void ancestorHoldsNothingThatItsDescendantDoesNot() {
        assertThat(page(0, 2))
                .contains("Both hold the base model")
                .contains("+ version 1", "+ version 2", "+ ada")
                .doesNotContain("−");
    }

    @Test
    void versionIsTheSameAsItself() {
        assertThat(page(2, 2)).endsWith("They are the same.");
    }

    private String page(long first, long second) {
        return String.join("\n", DiffPage.of(story.history(), first, second, Ink.NONE));
    }
}
