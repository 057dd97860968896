package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.lineage.LineageClient;
import dev.sealstream.devstack.process.StackException;

import java.util.OptionalLong;

/** How versions are named on the command line: by number, {@code head} or {@code base}. */
final class VersionName {
    static final String ALLOWED = "a number, head or base";

    private VersionName() {}

    /** Empty for text that names no version, such as a candidate's id. */
    static OptionalLong parse(String text, LineageClient lineage) {
        if (text.equals("head")) {
            return OptionalLong.of(lineage.history().head());
        }
        if (text.equals("base")) {
            return OptionalLong.of(0);
        }
        // Twelve digits are more versions than there will ever be, and fit a long.
        return text.matches("\\d{1,12}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** @throws StackException if the text names no version of the lineage */
    static long require(String text, LineageClient lineage) {
        long version = parse(text, lineage)
                .orElseThrow(() -> new StackException(
                        "version " + text + " is no version; allowed: " + ALLOWED + "; ./seal log shows all versions"));
        return lineage.requireVersion(version);
    }
}
