package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.tinyworld.SelfEditWriter.Form;
import dev.sealstream.tinyworld.StyleMixture;

import java.util.List;
import java.util.Optional;

/**
 * What one step of pre-training reads, as a function of how far the run has come.
 *
 * <p>Facts per passage grow slowly, since copying a value emerges first where there is little to choose from. Near the end
 * the clean lines give way to the base policy's mixture of good and bad self-edits.
 *
 * @param factsMin fewest facts of a passage
 * @param factsMax most facts of a passage
 * @param documents passages with lines about them
 * @param statements closed-book statements about the pool
 * @param questions closed-book questions about the pool
 * @param statementForms how most statements are worded, each as often as it is listed
 * @param closedBookWeight weight of each of the two closed-book losses against 1 for documents
 * @param shuffledChance how often the lines come in another order than the passage's facts
 * @param mixture the base policy's styles, once imitation has begun
 * @param valueWeight extra weight of the tokens that are values
 */
record Phase(
        int factsMin,
        int factsMax,
        int documents,
        int statements,
        int questions,
        List<Form> statementForms,
        double closedBookWeight,
        double shuffledChance,
        Optional<StyleMixture> mixture,
        double valueWeight) {

    /** Part of the documents that stay clean, under another prompt, once imitation has begun. */
    static final double OPEN_BOOK_CHANCE = .35;

    private static final double IMITATION_FROM = .65;
    private static final List<Form> MOSTLY_IMPLICATIONS = List.of(Form.IMPLICATION, Form.IMPLICATION, Form.QUESTION);

    static Phase growth(double progress) {
        int factsMin = progress < .10 ? 1 : progress < .20 ? 2 : progress < .30 ? 4 : 5;
        int factsMax = progress < .10 ? 3 : progress < .20 ? 5 : progress < .30 ? 6 : 7;
        boolean imitation = progress >= IMITATION_FROM;
        double shuffled = progress < .30 ? .6 : .3;
        var mixture = imitation ? Optional.of(StyleMixture.BASE) : Optional.<StyleMixture>empty();
        double valueWeight = imitation ? 2.5 : 4;
        boolean early = progress < .24;
        int documents = progress < .15 ? 48 : 24;
        double closedBook = progress < .15 ? .3 : early ? .4 : .45;
        return new Phase(
                factsMin,
                factsMax,
                documents,
                early ? 48 : 72,
                early ? 32 : 56,
                MOSTLY_IMPLICATIONS,
                closedBook,
                shuffled,
                mixture,
                valueWeight);
    }

    static Phase consolidation() {
        var forms = List.of(Form.IMPLICATION, Form.QUESTION);
        return new Phase(5, 7, 24, 72, 56, forms, .45, 0, Optional.of(StyleMixture.BASE), 4);
    }
}
