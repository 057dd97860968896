package dev.sealstream.console;

import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class PersonFormTest {
    @Test
    void goodRequestIsRead() {
        // Given
        var form = new PersonForm("""
                {"candidateId": "c1", "approved": true, "toVersion": 3, "by": " Ada ", "lineage": "side"}""");

        // When, then
        assertThat(form.text("candidateId", "")).isEqualTo("c1");
        assertThat(form.yesOrNo("approved", "")).isTrue();
        assertThat(form.version("toVersion", "")).isEqualTo(3);
        assertThat(form.by(Optional.empty())).isEqualTo("Ada");
        assertThat(form.lineage()).isEqualTo("side");
        assertThat(form.problems()).isEmpty();
    }

    @Test
    void lineageIsMainUnlessNamed() {
        assertThat(new PersonForm("{}").lineage()).isEqualTo("main");
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        // Given
        var form = new PersonForm("""
                {"approved": "yes", "toVersion": 1.5, "by": " ", "lineage": 7, "why": "so"}""");

        // When
        form.yesOrNo("approved", "say true or false");
        form.version("toVersion", "name a version");
        form.by(Optional.empty());
        form.text("reason", "say why");
        form.lineage();

        // Then
        assertThat(form.problems())
                .contains(
                        new Problem("approved", "\"yes\"", "true or false", "say true or false"),
                        new Problem("toVersion", "1.5", "a whole number, 0 or more", "name a version"),
                        new Problem(
                                "by",
                                "\" \"",
                                "text that is not empty",
                                "say who decides; the lineage keeps it for ever"),
                        new Problem("reason", "missing", "text that is not empty", "say why"),
                        new Problem(
                                "why",
                                "\"so\"",
                                "approved, by, lineage, reason, toVersion",
                                "rename the field or leave it out"))
                .hasSize(6);
    }

    @Test
    void whoIsSignedInDecides() {
        // Given
        var signedIn = Optional.of("Ada");

        // Then
        assertThat(new PersonForm("{}").by(signedIn)).isEqualTo("Ada");
        assertThat(new PersonForm("{\"by\": \"Ada\"}").by(signedIn)).isEqualTo("Ada");
    }

    @Test
    void nobodyDecidesInAnothersName() {
        // Given
        var form = new PersonForm("{\"by\": \"Eve\"}");

        // When
        form.by(Optional.of("Ada"));

        // Then
        assertThat(form.problems())
                .containsExactly(new Problem("by", "Eve", "Ada", "leave it out, or send the token of who decides"));
    }

    @Test
    void textThatIsNoJsonObjectIsRefused() {
        assertThat(new PersonForm("[]").problems()).extracting(Problem::thing).containsExactly("body");
        assertThat(new PersonForm("{").problems()).extracting(Problem::thing).containsExactly("body");
        assertThat(new PersonForm("").problems()).extracting(Problem::thing).containsExactly("body");
    }
}
