package dev.sealstream.languagemodel.chat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions of Jinja2, string literals already taken out, in the words and with the brackets that jinjava needs. */
final class JinjaExpression {
    private static final Pattern REVERSE = Pattern.compile("\\[\\s*::\\s*-1\\s*]");
    private static final Pattern NAMED_ARGUMENT = Pattern.compile("(?<=[(,])\\s*[A-Za-z_]\\w*\\s*=(?!=)");

    private JinjaExpression() {}

    static String rewrite(String code) {
        return bracketed(REVERSE.matcher(code).replaceAll("." + PythonMethods.REVERSED + "()"));
    }

    /** jinjava reads {@code f(a=x|length - 1)} as {@code (a=x|length) - 1}, so that values need brackets. */
    private static String bracketed(String code) {
        Matcher argument = NAMED_ARGUMENT.matcher(code);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (argument.find(from)) {
            int end = endOfArgument(code, argument.end());
            out.append(code, from, argument.end());
            out.append('(')
                    .append(bracketed(code.substring(argument.end(), end)))
                    .append(')');
            from = end;
        }
        return out.append(code, from, code.length()).toString();
    }

    /** Where the comma or bracket stands that ends an argument. */
    private static int endOfArgument(String code, int from) {
        int depth = 0;
        for (int i = from; i < code.length(); i++) {
            char c = code.charAt(i);
            if (depth == 0 && (c == ',' || c == ')')) {
                return i;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        }
        return code.length();
    }

    /** Where the word {@code if} stands outside brackets; -1 if nowhere. */
    static int topLevelIf(String code) {
        Matcher tokens = Pattern.compile("[(\\[{]|[)\\]}]|\\bif\\b").matcher(code);
        int depth = 0;
        while (tokens.find()) {
            if (tokens.group().equals("if")) {
                if (depth == 0) {
                    return tokens.start();
                }
            } else {
                depth += "([{".contains(tokens.group()) ? 1 : -1;
            }
        }
        return -1;
    }
}
