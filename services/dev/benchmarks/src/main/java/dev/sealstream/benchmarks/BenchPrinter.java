package dev.sealstream.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The only place that prints: reports to standard output, progress to a terminal's status line. */
final class BenchPrinter implements Progress {
    private static final int COLUMNS_DEFAULT = 80;

    private final PrintStream out;
    private final boolean interactive;
    private final int columns;
    private boolean verbose;
    private int statusLength;

    BenchPrinter(PrintStream out, boolean interactive, int columns) {
        this.out = out;
        this.interactive = interactive;
        this.columns = columns;
    }

    /** Standard output; the {@code seal} script knows whether that is a terminal and says so. */
    static BenchPrinter standard() {
        // Not System.out: it would turn dashes into question marks where the locale says ASCII.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        return new BenchPrinter(
                out, Boolean.getBoolean("seal.terminal"), Integer.getInteger("seal.terminal.columns", COLUMNS_DEFAULT));
    }

    /** Progress in lines, also where there is no terminal. */
    void setVerbose(boolean verbose) {
        this.verbose = verbose;
    }

    @Override
    public void doing(String what) {
        if (verbose) {
            line(what);
            return;
        }
        if (interactive) {
            String fitting = what.length() < columns ? what : what.substring(0, columns - 1);
            out.print("\r" + fitting + " ".repeat(Math.max(0, statusLength - fitting.length())));
            out.flush();
            statusLength = fitting.length();
        }
    }

    void line(String text) {
        if (statusLength > 0) {
            out.print("\r" + " ".repeat(statusLength) + "\r");
            statusLength = 0;
        }
        out.println(text);
        out.flush();
    }

    void report(BenchmarkReport report) {
        for (Table table : report.tables()) {
            table.lines().forEach(this::line);
            line("");
        }
        report.notes().forEach(note -> line("- " + note));
        line("");
    }
}
