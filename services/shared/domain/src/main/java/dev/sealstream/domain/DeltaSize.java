package dev.sealstream.domain;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Size of a weight change, computed from its factors by whoever is to judge it.
 *
 * @param frobeniusNorm over all modules together
 * @param largestSingularValue the largest of any module
 * @param normPerModule Frobenius norm by module path
 */
public record DeltaSize(double frobeniusNorm, double largestSingularValue, Map<String, Double> normPerModule) {
    public DeltaSize {
        normPerModule = Collections.unmodifiableMap(new TreeMap<>(normPerModule));
    }
}
