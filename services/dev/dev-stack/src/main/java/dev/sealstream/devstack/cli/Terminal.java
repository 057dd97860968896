package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.lineage.Ink;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The only place that prints. On a terminal it colours and redraws a status line in place; into a file or a pipe it
 * writes plain lines only.
 */
public final class Terminal implements Ink {
    private static final int COLUMNS_DEFAULT = 80;

    private final PrintStream out;
    private final boolean interactive;
    private final boolean colours;
    private final int columns;
    private int statusLength;

    Terminal(PrintStream out, boolean interactive, boolean colours, int columns) {
        this.out = out;
        this.interactive = interactive;
        this.colours = colours;
        this.columns = columns;
    }

    /** Standard output; the {@code seal} script knows whether that is a terminal and says so. */
    public static Terminal standard() {
        boolean interactive = Boolean.getBoolean("seal.terminal");
        boolean colours = interactive && System.getenv("NO_COLOR") == null;
        // Not System.out: it would turn ticks into question marks where the locale says ASCII.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        return new Terminal(out, interactive, colours, Integer.getInteger("seal.terminal.columns", COLUMNS_DEFAULT));
    }

    public boolean isInteractive() {
        return interactive;
    }

    public synchronized void line(String text) {
        clearStatus();
        out.println(text);
        out.flush();
    }

    public synchronized void line(String format, Object first, Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = first;
        System.arraycopy(more, 0, arguments, 1, more.length);
        line(String.format(Locale.ROOT, format, arguments));
    }

    /** Shows a line that the next output replaces. Into a file nothing is written. */
    public synchronized void status(String text) {
        if (!interactive) {
            return;
        }
        String fitting = text.length() < columns ? text : text.substring(0, columns - 1);
        out.print("\r" + fitting + " ".repeat(Math.max(0, statusLength - fitting.length())));
        out.flush();
        statusLength = fitting.length();
    }

    @Override
    public String bold(String text) {
        return coloured("1", text);
    }

    @Override
    public String dim(String text) {
        return coloured("2", text);
    }

    @Override
    public String green(String text) {
        return coloured("32", text);
    }

    @Override
    public String red(String text) {
        return coloured("31", text);
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private void clearStatus() {
        if (statusLength > 0) {
            out.print("\r" + " ".repeat(statusLength) + "\r");
            statusLength = 0;
        }
    }
}
