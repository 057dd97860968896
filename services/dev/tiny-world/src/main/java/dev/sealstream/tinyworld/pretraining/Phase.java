package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.tinyworld.StyleMixture;

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
        double closedBookWeight,
        double shuffledChance,
        Optional<StyleMixture> mixture,
        double valueWeight) {

    /** Part of the documents that stay clean, under another prompt, once imitation has begun. */
    static final double OPEN_BOOK_CHANCE = .35;

    static Phase at(double progress, double imitationFrom) {
        int factsMin = progress < .10 ? 1 : progress < .20 ? 2 : progress < .30 ? 4 : 5;
        int factsMax = progress < .10 ? 3 : progress < .20 ? 5 : progress < .30 ? 6 : 7;
        boolean imitation = progress >= imitationFrom;
        double shuffled = progress < .30 ? .6 : .3;
        var mixture = imitation ? Optional.of(StyleMixture.BASE) : Optional.<StyleMixture>empty();
        double valueWeight = imitation ? 1 : 4;
        if (progress < .24) {
            boolean first = progress < .15;
            return new Phase(
                    factsMin, factsMax, first ? 48 : 24, 48, 32, first ? .3 : .4, shuffled, mixture, valueWeight);
        }
        return new Phase(factsMin, factsMax, 24, 72, 56, .45, shuffled, mixture, valueWeight);
    }
}
