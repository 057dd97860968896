package dev.sealstream.domain;

import java.util.List;

/** Checks that name the field, what was found and what is allowed. */
final class Require {
    private Require() {}

    static String nonBlank(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is " + (value == null ? "missing" : "blank")
                    + "; allowed: text with at least one visible character");
        }
        return value;
    }

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static int atLeast(String field, int value, int minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed: " + minimum + " or more");
        }
        return value;
    }

    static double unitInterval(String field, double value) {
        if (!(value >= 0.0 && value <= 1.0)) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed: 0 to 1");
        }
        return value;
    }

    static <T> List<T> nonEmpty(String field, List<T> values) {
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException(field + " is empty; allowed: one element or more");
        }
        return List.copyOf(values);
    }
}
