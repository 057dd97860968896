package dev.sealstream.console;

import java.util.List;

/** All that is wrong with a request, of which nothing was accepted. */
public record Refused(List<Problem> problems) {
    public Refused {
        problems = List.copyOf(problems);
    }
}
