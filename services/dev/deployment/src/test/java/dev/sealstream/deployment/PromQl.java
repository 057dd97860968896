package dev.sealstream.deployment;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** As much of Prometheus' language as it takes to find the names of metrics in an expression. */
final class PromQl {
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w.])([a-zA-Z_:][a-zA-Z0-9_:]*)(?!\\s*\\(|[a-zA-Z0-9_:])");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "sum", "max", "min", "avg");

    private PromQl() {}

    static Set<String> metrics(String expression) {
        String bare = TEXT.matcher(expression).replaceAll("");
        bare = LABELS.matcher(bare).replaceAll("");
        bare = RANGE.matcher(bare).replaceAll("");
        bare = GROUPING.matcher(bare).replaceAll("");
        var names = new TreeSet<String>();
        NAME.matcher(bare)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !WORDS.contains(name))
                .forEach(names::add);
        return names;
    }
}
