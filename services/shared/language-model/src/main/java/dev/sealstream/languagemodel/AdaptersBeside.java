package dev.sealstream.languagemodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Adapters that are not added to the weights but kept beside them, each for the texts that name its topic. What one of them
 * learnt cannot overwrite what another knows, nor what the model could do before.
 *
 * <p>Immutable; oldest first.
 */
final class AdaptersBeside {
    static final AdaptersBeside NONE = new AdaptersBeside(List.of());

    private final List<LoraAdapter> adapters;

    private AdaptersBeside(List<LoraAdapter> adapters) {
        this.adapters = List.copyOf(adapters);
    }

    /** @param further each with a topic */
    AdaptersBeside with(List<LoraAdapter> further) {
        List<LoraAdapter> all = new ArrayList<>(adapters);
        all.addAll(further);
        return new AdaptersBeside(all);
    }

    List<LoraAdapter> adapters() {
        return adapters;
    }

    /**
     * Which adapter a text switches on, or {@link Prompt#NO_ADAPTER}: of those whose title it names the one with the longest
     * title; among documents of one title the one that shares most with the text, rare words counting more; then the newest.
     */
    int chosenBy(String text) {
        String phrase = AdapterTopic.phrase(text);
        List<Integer> named = new ArrayList<>();
        int longest = 0;
        for (int i = 0; i < adapters.size(); i++) {
            if (topic(i).isNamedIn(phrase)) {
                named.add(i);
                longest = Math.max(longest, titleLength(i));
            }
        }
        int most = longest;
        named.removeIf(i -> titleLength(i) < most);
        Set<String> words = AdapterTopic.words(text);
        int chosen = Prompt.NO_ADAPTER;
        double best = -1;
        for (int i : named) {
            double shared = shared(i, named, words);
            if (shared >= best) {
                best = shared;
                chosen = i;
            }
        }
        return chosen;
    }

    /** Inverse document frequency of the words shared, among the documents in question. */
    private double shared(int adapter, List<Integer> among, Set<String> words) {
        double sum = 0;
        for (String word : words) {
            if (topic(adapter).words().contains(word)) {
                long holders = among.stream()
                        .filter(i -> topic(i).words().contains(word))
                        .count();
                sum += Math.log(1 + (double) among.size() / holders);
            }
        }
        return sum;
    }

    private int titleLength(int adapter) {
        return AdapterTopic.phrase(topic(adapter).title()).length();
    }

    private AdapterTopic topic(int adapter) {
        return adapters.get(adapter).topic().orElseThrow();
    }
}
