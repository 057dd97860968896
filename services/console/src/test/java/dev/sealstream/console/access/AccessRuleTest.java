package dev.sealstream.console.access;

import dev.sealstream.console.access.AccessRule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessRuleTest {
    private static final AccessRule CLOSED = new AccessRule(true, false);
    private static final AccessRule READABLE = new AccessRule(false, false);
    private static final AccessRule OPEN = new AccessRule(false, true);

    @Test
    void healthIsOpenToProbes() {
        assertThat(CLOSED.on("GET", "/q/health", false)).isEqualTo(Verdict.ALLOWED);
        assertThat(CLOSED.on("GET", "/q/health/ready", false)).isEqualTo(Verdict.ALLOWED);
        assertThat(CLOSED.on("GET", "/q/healthy", false)).isEqualTo(Verdict.SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/lineage",
                "/api/rewards/stream",
                "/api/session",
                "/app.js",
                "/q/metrics",
                "/anything",
                "/api/"
            })
    void everythingElseNeedsAToken(String path) {
        assertThat(CLOSED.on("GET", path, false)).isEqualTo(Verdict.SIGN_IN);
        assertThat(CLOSED.on("GET", path, true)).isEqualTo(Verdict.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void writingNeedsAToken(String method) {
        assertThat(CLOSED.on(method, "/api/approvals", false)).isEqualTo(Verdict.SIGN_IN);
        assertThat(CLOSED.on(method, "/login.html", false)).isEqualTo(Verdict.SIGN_IN);
        assertThat(CLOSED.on(method, "/api/approvals", true)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void pageLeadsToTheLoginPageAndThatToASession() {
        assertThat(CLOSED.on("GET", "/", false)).isEqualTo(Verdict.SHOW_LOGIN);
        assertThat(CLOSED.on("GET", "/index.html", false)).isEqualTo(Verdict.SHOW_LOGIN);
        assertThat(CLOSED.on("GET", "/login.html", false)).isEqualTo(Verdict.ALLOWED);
        assertThat(CLOSED.on("POST", "/api/session", false)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void withoutTokensEverybodyReadsAndNobodyWrites() {
        assertThat(READABLE.on("GET", "/", false)).isEqualTo(Verdict.ALLOWED);
        assertThat(READABLE.on("GET", "/api/lineage", false)).isEqualTo(Verdict.ALLOWED);
        assertThat(READABLE.on("POST", "/api/new-data", false)).isEqualTo(Verdict.READ_ONLY);
    }

    @Test
    void anonymousWritesHoldOnlyWithoutTokens() {
        assertThat(OPEN.on("POST", "/api/new-data", false)).isEqualTo(Verdict.ALLOWED);
        assertThat(new AccessRule(true, true).on("POST", "/api/new-data", false))
                .isEqualTo(Verdict.SIGN_IN);
    }
}
