package dev.sealstream.languagemodel.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Jinja2 template rewritten for jinjava, which reads whitespace control, escapes in strings and some statements otherwise.
 *
 * <p>Texts and string literals become variables, so that nothing is left to be trimmed, unescaped or mistaken for a tag.
 * What remains are tags alone, each on the line where it stood.
 *
 * @param literals the variables
 * @param filters names of the filters it uses; jinjava passes over those that it does not know
 * @param tests names of the tests it uses
 */
record JinjaSource(String template, Map<String, Object> literals, Set<String> filters, Set<String> tests) {
    private static final Pattern LITERAL = Pattern.compile("__literal\\d+");
    private static final Pattern FILTER = Pattern.compile("\\|\\s*([A-Za-z_]\\w*)");
    private static final Pattern TEST = Pattern.compile("\\bis\\s+(?:not\\s+)?([A-Za-z_]\\w*)");

    /**
     * Rewrites a template as transformers would read it, with {@code trim_blocks} and {@code lstrip_blocks}.
     *
     * @throws IllegalArgumentException if a tag or a string does not end, or a statement has no counterpart
     */
    static JinjaSource of(String source) {
        String lines = source.replace("\r\n", "\n").replace('\r', '\n');
        return new JinjaRewriter(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines).rewrite();
    }

    /** Says a message about the rewritten template in the words of the original. */
    String original(String message) {
        Matcher names = LITERAL.matcher(message.replace(TemplateFunctions.PRINTED, ""));
        return names.replaceAll(
                name -> Matcher.quoteReplacement("'" + literals.getOrDefault(name.group(), name.group()) + "'"));
    }

    /** Collects the rewritten template. */
    static final class Builder {
        private final StringBuilder template = new StringBuilder();
        private final Map<String, Object> literals = new LinkedHashMap<>();
        private final Set<String> filters = new TreeSet<>();
        private final Set<String> tests = new TreeSet<>();
        private int line;

        String literal(String value) {
            String name = "__literal" + literals.size();
            literals.put(name, value);
            return name;
        }

        void text(String text) {
            if (!text.isEmpty()) {
                template.append("{{ ").append(literal(text)).append(" }}");
            }
        }

        void statement(String code, int atLine) {
            tag("{%", code, "%}", atLine);
        }

        void output(String code, int atLine) {
            tag("{{", TemplateFunctions.PRINTED + "(" + code + ")", "}}", atLine);
        }

        /** @param atLine line of the source, from 0; kept, so that errors name it */
        private void tag(String open, String code, String close, int atLine) {
            template.append(open)
                    .append("\n".repeat(Math.max(0, atLine - line)))
                    .append(' ');
            line = Math.max(line, atLine);
            String flat = code.replace('\n', ' ').strip();
            template.append(flat).append(' ').append(close);
            FILTER.matcher(flat).results().forEach(filter -> filters.add(filter.group(1)));
            TEST.matcher(flat).results().forEach(test -> tests.add(test.group(1)));
        }

        JinjaSource build() {
            return new JinjaSource(template.toString(), Map.copyOf(literals), Set.copyOf(filters), Set.copyOf(tests));
        }
    }
}
