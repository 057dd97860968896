package dev.sealstream.tinyworld;

import java.util.ArrayList;
import java.util.List;

/**
 * The values facts can have. Every value is one token of the tiny model.
 *
 * <p>Four relations share each pool on purpose: with a pool of its own per relation a model answers most questions by
 * merely making the values of a passage likelier, without learning which fact is which.
 */
public enum ValuePool {
    TOWNS(towns()),
    GOODS(split(
            "lamps boats carpets clocks knives candles shoes bricks barrels ropes hats spoons glass soap mirrors wagons"
                    + " bells saddles pots nets flutes drums harps violins trumpets guitars pianos horns lutes cellos banjos"
                    + " whistles tubas rugs coins maps masks kites toys baskets")),
    ANIMALS(
            split(
                    "dog cat goat horse crow parrot turtle rabbit fox wolf bear lion snake frog duck swan camel donkey mouse"
                            + " beetle falcon weasel badger moose lynx heron zebra tiger monkey goose sheep pig raven hawk hare"));

    private final List<String> words;

    ValuePool(List<String> words) {
        this.words = List.copyOf(words);
    }

    public List<String> words() {
        return words;
    }

    private static List<String> split(String spaced) {
        return List.of(spaced.split(" "));
    }

    private static List<String> towns() {
        var towns = new ArrayList<String>();
        for (String start : split("Ash Oak Elm Mill Stone High Low Red")) {
            for (String end : split("ford ton bury wick ham dale")) {
                towns.add(start + end);
            }
        }
        return towns;
    }
}
