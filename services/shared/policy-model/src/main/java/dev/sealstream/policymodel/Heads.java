package dev.sealstream.policymodel;

import dev.sealstream.domain.Head;

/** Knows the newest head of every lineage. */
@FunctionalInterface
public interface Heads {
    Head head(String lineage);
}
