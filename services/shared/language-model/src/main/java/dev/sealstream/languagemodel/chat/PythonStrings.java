package dev.sealstream.languagemodel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Methods of Python's {@code str} that chat templates call. */
final class PythonStrings {
    private static final String WHITESPACE = " \t\n\r\f\u000b\u001c\u001d\u001e\u001f\u0085\u00a0\u2028\u2029\u3000";

    private PythonStrings() {}

    /** Returns the result of a method; null if there is no such method. */
    static Object call(String text, String method, Object... arguments) {
        return switch (method) {
            case "strip" -> strip(text, characters(arguments), true, true);
            case "lstrip" -> strip(text, characters(arguments), true, false);
            case "rstrip" -> strip(text, characters(arguments), false, true);
            case "split" -> split(text, arguments);
            case "splitlines" -> text.lines().toList();
            case "startswith" -> anyOf(arguments[0]).stream().anyMatch(text::startsWith);
            case "endswith" -> anyOf(arguments[0]).stream().anyMatch(text::endsWith);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "capitalize" -> capitalize(text);
            case "title" -> Pattern.compile("\\p{L}+").matcher(text).replaceAll(word -> capitalize(word.group()));
            case "replace" -> text.replace(text(arguments[0]), text(arguments[1]));
            case "find" -> (long) text.indexOf(text(arguments[0]));
            case "count" -> (long) text.split(Pattern.quote(text(arguments[0])), -1).length - 1;
            case "join" ->
                ((List<?>) arguments[0]).stream().map(String::valueOf).collect(Collectors.joining(text));
            case PythonMethods.REVERSED -> new StringBuilder(text).reverse().toString();
            default -> null;
        };
    }

    private static String text(Object argument) {
        return String.valueOf(argument);
    }

    /** Python takes one string or several here. */
    private static List<String> anyOf(Object argument) {
        return argument instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(text(argument));
    }

    private static String characters(Object... arguments) {
        return arguments.length == 0 || arguments[0] == null ? WHITESPACE : text(arguments[0]);
    }

    private static String strip(String text, String characters, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && characters.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (right && to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static List<String> split(String text, Object... arguments) {
        int splitsMax = arguments.length > 1 ? ((Number) arguments[1]).intValue() : Integer.MAX_VALUE;
        if (arguments.length == 0 || arguments[0] == null) {
            String stripped = strip(text, WHITESPACE, true, true);
            return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
        }
        String separator = text(arguments[0]);
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator);
                at >= 0 && parts.size() < splitsMax;
                at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }
}
