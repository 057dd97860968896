package dev.sealstream.policymodel;

import dev.sealstream.languagemodel.LoraAdapter;

import java.util.List;

/**
 * What a version has learnt for good.
 *
 * @param lessons the training sequences of each accepted self-edit, oldest first
 * @param deltas the weight changes that taught them
 */
public record Past(List<List<String>> lessons, List<LoraAdapter> deltas) {
    public static final Past NONE = new Past(List.of(), List.of());

    public Past {
        lessons = lessons.stream().map(List::copyOf).toList();
        deltas = List.copyOf(deltas);
    }
}
