package dev.sealstream.console;

/**
 * What is wrong with a request.
 *
 * @param thing which part of it, as a path
 * @param value what was found there, shortened
 * @param allowed what may stand there
 * @param remedy what to do
 */
public record Problem(String thing, String value, String allowed, String remedy) {
    private static final int VALUE_CHARACTERS_MAX = 120;

    public Problem {
        if (value.length() > VALUE_CHARACTERS_MAX) {
            value = value.substring(0, VALUE_CHARACTERS_MAX) + "…";
        }
    }
}
