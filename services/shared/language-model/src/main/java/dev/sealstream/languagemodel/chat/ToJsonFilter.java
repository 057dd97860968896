package dev.sealstream.languagemodel.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** {@code tojson} as transformers define it: Python's {@code json.dumps} with its blanks, not escaped for HTML. */
final class ToJsonFilter implements Filter {
    @Override
    public String getName() {
        return "tojson";
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
        return filter(value, interpreter, arguments, Map.of());
    }

    @Override
    public Object filter(
            Object value, JinjavaInterpreter interpreter, Object[] arguments, Map<String, Object> namedArguments) {
        Object indent = namedArguments.getOrDefault("indent", arguments.length > 0 ? arguments[0] : null);
        StringBuilder out = new StringBuilder();
        write(out, value, indent instanceof Number ? ((Number) indent).intValue() : -1, 0);
        return out.toString();
    }

    /** @param indent blanks per level, or -1 for one line */
    private static void write(StringBuilder out, Object value, int indent, int level) {
        if (value instanceof Map<?, ?> map) {
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            write(out, '{', '}', entries, indent, level, entry -> {
                string(out, String.valueOf(entry.getKey()));
                out.append(": ");
                write(out, entry.getValue(), indent, level + 1);
            });
        } else if (value instanceof List<?> list) {
            write(out, '[', ']', list.iterator(), indent, level, element -> write(out, element, indent, level + 1));
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(out, value.toString());
        }
    }

    private static <T> void write(
            StringBuilder out,
            char open,
            char close,
            Iterator<T> elements,
            int indent,
            int level,
            java.util.function.Consumer<T> element) {
        out.append(open);
        boolean empty = !elements.hasNext();
        while (elements.hasNext()) {
            newLine(out, indent, level + 1);
            element.accept(elements.next());
            if (elements.hasNext()) {
                out.append(indent < 0 ? ", " : ",");
            }
        }
        if (!empty) {
            newLine(out, indent, level);
        }
        out.append(close);
    }

    private static void newLine(StringBuilder out, int indent, int level) {
        if (indent >= 0) {
            out.append('\n').append(" ".repeat(indent * level));
        }
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
