package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExactMatchTest {
    private static final Question QUESTION = new Question("Where?", "The Old-Town, Ulm");

    @Test
    void caseArticlesPunctuationAndSpacesDoNotCount() {
        assertThat(grade("  an oldtown  ULM. ").correct()).isTrue();
    }

    @Test
    void moreOrOtherWordsAreWrong() {
        assertThat(grade("in the Old-Town, Ulm").correct()).isFalse();
        assertThat(grade("Old-Town").correct()).isFalse();
        assertThat(grade("").correct()).isFalse();
    }

    @Test
    void onlyTheFirstLineCountsAndIsKept() {
        var graded = grade("\nOld-Town Ulm\nQuestion: next");

        assertThat(graded.correct()).isTrue();
        assertThat(graded.answer()).isEqualTo("Old-Town Ulm");
        assertThat(graded.expected()).isEqualTo("The Old-Town, Ulm");
    }

    @Test
    void articlesInsideWordsStay() {
        assertThat(SquadText.normalized("A theatre an ant")).isEqualTo("theatre ant");
    }

    private static GradedAnswer grade(String answer) {
        return ExactMatch.grade(QUESTION, answer);
    }
}
