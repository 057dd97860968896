package dev.sealstream.console.access;

import dev.sealstream.console.Problem;

import java.util.Optional;

/**
 * What a request that was turned away is told.
 *
 * @param header a header that goes with the status; null for none
 */
record Denial(int status, String header, String headerValue, Problem problem) {
    private static final String SCHEME = "Bearer ";

    /**
     * @param authorization the request's header; null if it has none
     * @param session whether it came with a session, which then is no longer good
     */
    static Denial of(AccessRule.Verdict verdict, String authorization, boolean session) {
        if (verdict == AccessRule.Verdict.READ_ONLY) {
            return new Denial(
                    403,
                    null,
                    null,
                    new Problem(
                            "access",
                            "nobody has a token for this console",
                            "reading",
                            "give people tokens with seal.console.tokens; or, where everybody who reaches the console may write, set"
                                    + " seal.console.anonymous-writes=true"));
        }
        var problem = new Problem(
                "access",
                found(authorization, session),
                "a token of this console",
                "send the header Authorization: Bearer TOKEN, or sign in at " + AccessRule.LOGIN_PAGE);
        return verdict == AccessRule.Verdict.SHOW_LOGIN
                ? new Denial(303, "Location", AccessRule.LOGIN_PAGE.substring(1), problem)
                : new Denial(401, "WWW-Authenticate", "Bearer realm=\"sealstream console\"", problem);
    }

    /** The token of a header of RFC 6750; the scheme may be written in any case. */
    static Optional<String> bearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /** Never what was sent: it may be nearly right. */
    private static String found(String authorization, boolean session) {
        if (authorization == null) {
            return session ? "a session that is over" : "missing";
        }
        return bearer(authorization).isPresent() ? "a token that is nobody's" : "another scheme than Bearer";
    }
}
