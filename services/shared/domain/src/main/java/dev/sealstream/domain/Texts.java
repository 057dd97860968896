package dev.sealstream.domain;

/** Small text helpers shared by the rules. */
final class Texts {
    private static final int SHORT = 80;

    private Texts() {}

    /** At most 80 characters, for error messages. */
    static String shortened(String text) {
        return text.length() <= SHORT ? text : text.substring(0, SHORT) + "…";
    }

    /** Strips every Unicode space, no-break spaces included, as Python's {@code str.strip} does. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
