package dev.sealstream.console.access;

import dev.sealstream.console.access.AccessRule.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DenialTest {
    @Test
    void bearerTokenIsReadInAnyCaseOfTheScheme() {
        assertThat(Denial.bearer("Bearer abc")).contains("abc");
        assertThat(Denial.bearer("bearer  abc ")).contains("abc");
        assertThat(Denial.bearer("Basic abc")).isEmpty();
        assertThat(Denial.bearer("")).isEmpty();
    }

    @Test
    void whatWasSentIsNamedButNotRepeated() {
        assertThat(Denial.of(Verdict.SIGN_IN, "Bearer nearly-right", false)
                        .problem()
                        .toString())
                .contains("a token that is nobody's")
                .doesNotContain("nearly-right");
        assertThat(Denial.of(Verdict.SIGN_IN, "Basic YWRh", false).problem().value())
                .isEqualTo("another scheme than Bearer");
        assertThat(Denial.of(Verdict.SIGN_IN, null, true).problem().value()).isEqualTo("a session that is over");
        assertThat(Denial.of(Verdict.SIGN_IN, null, false).problem().value()).isEqualTo("missing");
    }

    @Test
    void eachVerdictHasItsAnswer() {
        assertThat(Denial.of(Verdict.SIGN_IN, null, false).status()).isEqualTo(401);
        assertThat(Denial.of(Verdict.SHOW_LOGIN, null, false).headerValue()).isEqualTo("login.html");
        assertThat(Denial.of(Verdict.READ_ONLY, null, false).problem().remedy())
                .contains("seal.console.tokens", "seal.console.anonymous-writes=true");
    }
}
