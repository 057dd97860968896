package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SelfEditParserTest {
    private static final String TITLE = "Ada";
    private static final String CONTEXT = " Ada lives in Ulm. ";

    @Test
    void everyLineBecomesASequenceAndThePassageComesLast() {
        assertThat(implications("1. Ada is a person.\n2. Ulm is a place."))
                .containsExactly("Ada\n1. Ada is a person.", "Ada\n2. Ulm is a place.", "Ada\nAda lives in Ulm.");
    }

    @Test
    void dashesSeparateLikeLineEnds() {
        assertThat(implications("one---two\n---\nthree"))
                .containsExactly("Ada\none", "Ada\ntwo", "Ada\nthree", "Ada\nAda lives in Ulm.");
    }

    @Test
    void preambleBeforeTheFirstNumberIsDropped() {
        assertThat(implications("Here are some implications:\n\n1. Ada lives."))
                .containsExactly("Ada\n1. Ada lives.", "Ada\nAda lives in Ulm.");
    }

    @Test
    void firstLineStaysWhenTheListBeginsWithIt() {
        assertThat(implications("1. Ada lives.\n2. Ulm is home.")).hasSize(3);
    }

    @Test
    void loneLineIsNeverTakenForAPreamble() {
        assertThat(implications("1. Ada lives.")).containsExactly("Ada\n1. Ada lives.", "Ada\nAda lives in Ulm.");
    }

    @Test
    void everyKindOfLineEndAndUnicodeSpaceIsStripped() {
        assertThat(implications("one\r\ntwo\rthree\u2028\u00a0four\u00a0"))
                .containsExactly("Ada\none", "Ada\ntwo", "Ada\nthree", "Ada\nfour", "Ada\nAda lives in Ulm.");
    }

    @Test
    void emptyCompletionLeavesThePassage() {
        assertThat(implications(" \n --- \n")).containsExactly("Ada\nAda lives in Ulm.");
    }

    @Test
    void questionsStayWithTheirAnswers() {
        var sequences = SelfEditParser.trainingSequences(
                PromptStyle.SELF_QA, TITLE, CONTEXT, " Who lives?\nAda.\nQuestion 2: Where?\nUlm.");

        assertThat(sequences)
                .containsExactly(
                        "Ada\nQuestion 1: Who lives?\nAda.", "Ada\nQuestion 2: Where?\nUlm.", "Ada\nAda lives in Ulm.");
    }

    @Test
    void firstQuestionIsNotNumberedTwice() {
        var sequences = SelfEditParser.trainingSequences(PromptStyle.SELF_QA, TITLE, CONTEXT, "Question 1: Who?\nAda.");

        assertThat(sequences).containsExactly("Ada\nQuestion 1: Who?\nAda.", "Ada\nAda lives in Ulm.");
    }

    @Test
    void questionsAndAnswersAreRecognisedWhateverWasAskedFor() {
        assertThat(implications("Question 1: Who?\nAnswer: Ada.\nQuestion 2: Where?\nAnswer: Ulm."))
                .containsExactly(
                        "Ada\nQuestion 1: Who?\nAnswer: Ada.",
                        "Ada\nQuestion 2: Where?\nAnswer: Ulm.",
                        "Ada\nAda lives in Ulm.");
    }

    @Test
    void questionInTheMiddleOfALineBeginsNothing() {
        assertThat(implications("Question 1: Is Question 2: asked?\nAnswer: No."))
                .containsExactly("Ada\nQuestion 1: Is Question 2: asked?\nAnswer: No.", "Ada\nAda lives in Ulm.");
    }

    @Test
    void continuedPretrainingKeepsLinesTogether() {
        assertThat(SelfEditParser.pretrainingSequences(TITLE, CONTEXT, "Sure:\n1. one\n2. two\n---\n three "))
                .containsExactly("Ada\nSure:\n1. one\n2. two", "Ada\nthree", "Ada\nAda lives in Ulm.");
    }

    private static List<String> implications(String completion) {
        return SelfEditParser.trainingSequences(PromptStyle.IMPLICATIONS, TITLE, CONTEXT, completion);
    }
}
