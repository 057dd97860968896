package dev.sealstream.policymodel;

import dev.sealstream.domain.Lineage;

/** Knows every lineage as it is now. */
@FunctionalInterface
public interface Lineages {
    Lineage lineage(String name);
}
