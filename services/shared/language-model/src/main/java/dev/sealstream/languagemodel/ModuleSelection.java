package dev.sealstream.languagemodel;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which linear modules of a model are meant, as PEFT's {@code target_modules} and {@code exclude_modules} say it.
 *
 * <p>A module path is what stands before {@code .weight}: {@code model.layers.0.self_attn.q_proj} in a Llama,
 * {@code transformer.h.0.attn.c_attn} in a GPT-2.
 */
public sealed interface ModuleSelection {
    /** PEFT's word for {@link AllLinear}, in a config as in a list of one name. */
    String ALL_LINEAR = "all-linear";

    boolean matches(String path);

    /** Whether a path is meant by its full name, so that no further condition applies to it. */
    default boolean names(String path) {
        return false;
    }

    /** No module. */
    static ModuleSelection none() {
        return new Names(List.of());
    }

    /** A list of names or wildcards; the list of just {@code all-linear} means every linear module. */
    static ModuleSelection of(List<String> names) {
        return names.size() == 1 && names.get(0).equalsIgnoreCase(ALL_LINEAR) ? new AllLinear() : new Names(names);
    }

    /** One string: {@code all-linear} in any case, else a regular expression. */
    static ModuleSelection of(String expression) {
        return expression.equalsIgnoreCase(ALL_LINEAR) ? new AllLinear() : new Regex(expression);
    }

    /**
     * Modules whose path is one of these names or ends with a dot and one of them.
     *
     * @param names PEFT's names, and beyond PEFT wildcards: {@code *} stands for any characters but dots
     */
    record Names(List<String> names) implements ModuleSelection {
        public Names {
            names = List.copyOf(names);
            if (names.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("one of the module names " + names + " is blank; leave it out");
            }
        }

        @Override
        public boolean matches(String path) {
            return names.stream().anyMatch(name -> matches(name, path));
        }

        private static boolean matches(String name, String path) {
            if (isWildcard(name)) {
                String expression = Pattern.quote(name).replace("*", "\\E[^.]*\\Q");
                return Pattern.matches("(.*\\.)?" + expression, path);
            }
            return path.equals(name) || path.endsWith("." + name);
        }

        @Override
        public boolean names(String path) {
            return names.contains(path);
        }

        boolean hasWildcards() {
            return names.stream().anyMatch(Names::isWildcard);
        }

        private static boolean isWildcard(String name) {
            return name.indexOf('*') >= 0;
        }

        @Override
        public String toString() {
            return names.toString();
        }
    }

    /**
     * Modules whose whole path matches a regular expression.
     *
     * @param expression in Python's spelling, of which Java's differs in named groups alone
     */
    record Regex(String expression) implements ModuleSelection {
        public Regex {
            compile(expression);
        }

        @Override
        public boolean matches(String path) {
            return compile(expression).matcher(path).matches();
        }

        /** Compiles Python's {@code re} syntax. */
        static Pattern compile(String expression) {
            try {
                return Pattern.compile(expression.replace("(?P<", "(?<").replaceAll("\\(\\?P=(\\w+)\\)", "\\\\k<$1>"));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "\"" + expression + "\" is no regular expression for module paths: " + e.getDescription()
                                + " near index " + e.getIndex() + "; give one, or a list of module names",
                        e);
            }
        }

        @Override
        public String toString() {
            return "the regular expression " + expression;
        }
    }

    /** Every linear module but the output head. */
    record AllLinear() implements ModuleSelection {
        private static final String HEAD = "lm_head";

        @Override
        public boolean matches(String path) {
            return !path.equals(HEAD);
        }

        @Override
        public String toString() {
            return ALL_LINEAR;
        }
    }
}
