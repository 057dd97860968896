package dev.sealstream.languagemodel.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a template from left to right: text, tag, text, … with Jinja2's rules for the whitespace between them. */
final class JinjaRewriter {
    private static final Pattern OPENING = Pattern.compile("\\{[{%#]");
    private static final Pattern END_OF_RAW = Pattern.compile("\\{%-?\\s*endraw\\s*-?%}");

    private static final String LOOP = "for";

    private final String source;
    private final JinjaSource.Builder out = new JinjaSource.Builder();
    /** Open if and for blocks, innermost first. */
    private final Deque<String> blocks = new ArrayDeque<>();

    private int position;
    private int loops;

    JinjaRewriter(String source) {
        this.source = source;
    }

    JinjaSource rewrite() {
        Matcher opening = OPENING.matcher(source);
        while (opening.find(position)) {
            int start = opening.start();
            char kind = source.charAt(start + 1);
            char sign = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
            out.text(beforeTag(start, kind, sign));
            position = start + (sign == '-' || sign == '+' ? 3 : 2);
            if (kind == '#') {
                comment(start);
            } else {
                tag(start, kind);
            }
        }
        out.text(source.substring(position));
        return out.build();
    }

    /** The text before a tag, without what the tag strips: all whitespace, or the blanks between it and the line's start. */
    private String beforeTag(int start, char kind, char sign) {
        String text = source.substring(position, start);
        if (sign == '-') {
            return text.stripTrailing();
        }
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean startsLine = lineStart > 0 || position == 0 || source.charAt(position - 1) == '\n';
        boolean strips = kind != '{'
                && sign != '+'
                && startsLine
                && text.substring(lineStart).isBlank();
        return strips ? text.substring(0, lineStart) : text;
    }

    private void comment(int start) {
        int end = source.indexOf("#}", position);
        if (end < 0) {
            throw unended("comment", start);
        }
        char sign = end > position ? source.charAt(end - 1) : ' ';
        position = end + 2;
        afterTag('#', sign);
    }

    private void tag(int start, char kind) {
        int line =
                (int) source.substring(0, start).chars().filter(c -> c == '\n').count();
        String close = kind == '{' ? "}}" : "%}";
        StringBuilder code = new StringBuilder();
        int depth = 0;
        while (depth > 0 || !source.startsWith(close, position)) {
            if (position >= source.length()) {
                throw unended("tag", start);
            }
            char c = source.charAt(position);
            if (c == '"' || c == '\'') {
                code.append(out.literal(string(c)));
                continue;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            code.append(c);
            position++;
        }
        position += close.length();
        char sign = code.isEmpty() ? ' ' : code.charAt(code.length() - 1);
        if (sign == '-' || sign == '+') {
            code.setLength(code.length() - 1);
        }
        afterTag(kind, sign);
        if (kind == '{') {
            out.output(JinjaExpression.rewrite(code.toString()), line);
        } else {
            statement(code.toString(), line, start);
        }
    }

    /** Skips what a tag strips behind it: all whitespace, or the end of its line. */
    private void afterTag(char kind, char sign) {
        if (sign == '-') {
            while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
                position++;
            }
        } else if (kind != '{' && sign != '+' && source.startsWith("\n", position)) {
            position++;
        }
    }

    /** Reads a string literal, with Python's escapes. */
    private String string(char quote) {
        int start = position++;
        StringBuilder text = new StringBuilder();
        for (; position < source.length(); position++) {
            char c = source.charAt(position);
            if (c == quote) {
                position++;
                return text.toString();
            } else if (c == '\\' && position + 1 < source.length()) {
                position++;
                text.append(escaped(source.charAt(position)));
            } else {
                text.append(c);
            }
        }
        throw unended("string", start);
    }

    private String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '\\', '\'', '"' -> String.valueOf(c);
            case 'u' -> {
                String digits = source.substring(position + 1, Math.min(position + 5, source.length()));
                position += digits.length();
                yield String.valueOf((char) Integer.parseInt(digits, 16));
            }
            default -> "\\" + c;
        };
    }

    private void statement(String code, int line, int start) {
        String[] words = code.strip().split("[\\s(]+", 2);
        switch (words[0]) {
            case "generation", "endgeneration" -> {
                // marks the assistant's words for a loss mask; no text of its own
            }
            case "raw" -> raw(start);
            case "macro" -> out.statement(code, line);
            case "for" -> loop(JinjaExpression.rewrite(words[1]), line);
            case "else", "endfor" -> endOfBody(words[0], line);
            case "if" -> block(JinjaExpression.rewrite(code), line);
            case "endif" -> {
                out.statement(code, line);
                blocks.poll();
            }
            default -> out.statement(JinjaExpression.rewrite(code), line);
        }
    }

    private void block(String code, int line) {
        out.statement(code, line);
        blocks.push("if");
    }

    private void endOfBody(String word, int line) {
        boolean loop = LOOP.equals(blocks.peek());
        if (loop && word.equals("else")) {
            throw new IllegalArgumentException(
                    "the for loop with an else on line " + (line + 1) + " has no counterpart; write an if of its own");
        }
        if (loop) {
            blocks.poll();
            out.statement(TurnTag.END, line);
        }
        out.statement(word, line);
    }

    private void raw(int start) {
        Matcher end = END_OF_RAW.matcher(source);
        if (!end.find(position)) {
            throw unended("raw block", start);
        }
        out.text(source.substring(position, end.start()));
        position = end.end();
    }

    /**
     * jinjava passes over the condition of {@code for x in items if condition}: the items are filtered before the loop.
     * And it keeps what a turn sets for the next one: each turn gets a scope.
     */
    private void loop(String code, int line) {
        String head = code;
        int condition = JinjaExpression.topLevelIf(code);
        if (condition >= 0) {
            String target = code.split("\\s+in\\s+", 2)[0];
            String kept = "__kept" + loops++;
            out.statement("set " + kept + " = []", line);
            out.statement("for " + code.substring(0, condition), line);
            out.statement("if " + code.substring(condition + 2), line);
            out.statement("do " + kept + ".append(" + (target.contains(",") ? "[" + target + "]" : target) + ")", line);
            out.statement("endif", line);
            out.statement("endfor", line);
            head = target + " in " + kept;
        }
        out.statement("for " + head, line);
        out.statement(TurnTag.NAME, line);
        blocks.push(LOOP);
    }

    private IllegalArgumentException unended(String what, int start) {
        long line = source.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        return new IllegalArgumentException(
                "the " + what + " on line " + line + " does not end; the template is damaged");
    }
}
