package dev.sealstream.console.access;

import java.util.Set;

/**
 * What may be done without and with a token. Anything not listed as open needs one, so a new page is closed until somebody opens it.
 *
 * @param tokensSet whether anybody has a token; then nobody does anything without
 * @param anonymousWrites whether anybody may write where nobody has a token
 */
record AccessRule(boolean tokensSet, boolean anonymousWrites) {
    static final String LOGIN_PAGE = "/login.html";
    static final String SESSION = "/api/session";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> PAGES = Set.of("/", "/index.html");

    /** What the login page is made of. */
    private static final Set<String> OPEN = Set.of(LOGIN_PAGE, "/login.js", "/dom.js", "/style.css", "/icon.svg");

    enum Verdict {
        ALLOWED,
        /** Prove who you are. */
        SIGN_IN,
        /** The same for a person at the page: show where to do so. */
        SHOW_LOGIN,
        /** Nobody may write here, since nobody can prove who they are. */
        READ_ONLY
    }

    /**
     * @param path normalised, without the query
     * @param known whether the request came with a good token or session
     */
    Verdict on(String method, String path, boolean known) {
        boolean reading = READING.contains(method);
        if (reading && isHealth(path)) {
            return Verdict.ALLOWED;
        }
        if (!tokensSet) {
            return reading || anonymousWrites ? Verdict.ALLOWED : Verdict.READ_ONLY;
        }
        if (known || (reading && OPEN.contains(path)) || (path.equals(SESSION) && !reading)) {
            return Verdict.ALLOWED;
        }
        return reading && PAGES.contains(path) ? Verdict.SHOW_LOGIN : Verdict.SIGN_IN;
    }

    private static boolean isHealth(String path) {
        return path.equals("/q/health") || path.startsWith("/q/health/");
    }
}
