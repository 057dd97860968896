package dev.sealstream.console.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens of all people who may use the console; none at all leaves it open for reading. A person may have several. */
public final class AccessTokens {
    private final List<AccessToken> tokens;

    private AccessTokens(List<AccessToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * @param pairs name:token
     * @param file more of them, one a line; empty lines and those that begin with # are passed over
     * @throws IllegalArgumentException if a pair is malformed, or the file names nobody: an empty file must not open the console
     * @throws UncheckedIOException if the file cannot be read
     */
    public static AccessTokens of(List<String> pairs, Optional<Path> file) {
        var tokens = new ArrayList<AccessToken>();
        for (int i = 0; i < pairs.size(); i++) {
            tokens.add(AccessToken.parse(pairs.get(i), "pair " + (i + 1) + " of seal.console.tokens"));
        }
        file.ifPresent(path -> tokens.addAll(read(path)));
        return new AccessTokens(tokens);
    }

    private static List<AccessToken> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read " + file + "; let seal.console.tokens-file name a readable file of name:token lines",
                    e);
        }
        var tokens = new ArrayList<AccessToken>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                tokens.add(AccessToken.parse(line, "line " + (i + 1) + " of " + file));
            }
        }
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " has no token; add a name:token line, or unset seal.console.tokens-file");
        }
        return tokens;
    }

    public boolean areSet() {
        return !tokens.isEmpty();
    }

    /** Whose token it is. Compares with every token, so the time says nothing about which was near. */
    Optional<AccessToken> find(String offered) {
        AccessToken found = null;
        for (AccessToken token : tokens) {
            if (token.is(offered)) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }

    List<AccessToken> of(String person) {
        return tokens.stream().filter(token -> token.person().equals(person)).toList();
    }
}
