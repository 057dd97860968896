package dev.sealstream.console.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccessTokensTest {
    private static final String ADAS = "adas-0123456789abcdef";
    private static final String BOBS = "bobs-0123456789abcdef";

    @Test
    void tokenIsKnownWithItsOwner() {
        // Given
        var tokens = AccessTokens.of(List.of("ada:" + ADAS, " bob : " + BOBS), Optional.empty());

        // Then
        assertThat(tokens.find(ADAS)).get().extracting(AccessToken::person).isEqualTo("ada");
        assertThat(tokens.find(BOBS)).get().extracting(AccessToken::person).isEqualTo("bob");
        assertThat(tokens.find(ADAS.substring(1))).isEmpty();
        assertThat(tokens.find("")).isEmpty();
    }

    @Test
    void colonInATokenIsRefused() {
        assertThatThrownBy(() -> AccessTokens.of(List.of("ada:with:colon:0123456789"), Optional.empty()))
                .hasMessageContaining("the token of ada")
                .hasMessageNotContaining("with:colon");
    }

    @Test
    void fileAddsTokens(@TempDir Path folder) throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("tokens"), "# people\n\nbob:" + BOBS + "\n");

        // When
        var tokens = AccessTokens.of(List.of("ada:" + ADAS), Optional.of(file));

        // Then
        assertThat(tokens.find(ADAS)).isPresent();
        assertThat(tokens.find(BOBS)).isPresent();
    }

    @Test
    void fileWithoutATokenDoesNotOpenTheConsole(@TempDir Path folder) throws IOException {
        // Given
        var empty = Files.writeString(folder.resolve("tokens"), "# nobody yet\n");

        // Then
        assertThatThrownBy(() -> AccessTokens.of(List.of(), Optional.of(empty)))
                .hasMessageContaining("has no token")
                .hasMessageContaining("seal.console.tokens-file");
        assertThatThrownBy(() -> AccessTokens.of(List.of(), Optional.of(folder.resolve("absent"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void errorsAndTextDoNotTellTheToken() {
        assertThatThrownBy(() -> AccessTokens.of(List.of("ada:" + ADAS, "bob:sh0rt"), Optional.empty()))
                .hasMessageContaining("pair 2 of seal.console.tokens, the token of bob, has 5 characters")
                .hasMessageNotContaining("sh0rt");
        assertThatThrownBy(() -> AccessTokens.of(List.of(ADAS), Optional.empty()))
                .hasMessageContaining("names nobody")
                .hasMessageNotContaining(ADAS);
        assertThat(AccessToken.parse("ada:" + ADAS, "here")).hasToString("token of ada");
    }

    @Test
    void noneAtAllLeavesTheConsoleOpen() {
        assertThat(AccessTokens.of(List.of(), Optional.empty()).areSet()).isFalse();
    }
}
