package dev.sealstream.languagemodel;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenizerTest {
    private final Tokenizer tokenizer = Tokenizer.of(TinyModels.tokenizerJson(10), 1, 2);

    @Test
    void encodingAddsNoSpecialTokens() {
        assertThat(tokenizer.encode("t3 t9 t4")).containsExactly(3, 9, 4);
        assertThat(tokenizer.encode("")).isEmpty();
    }

    @Test
    void decodingLeavesSpecialTokensOut() {
        assertThat(tokenizer.decode(new int[] {1, 3, 9, 2})).isEqualTo("t3 t9");
    }

    @Test
    void vocabularyIsKnown() {
        assertThat(tokenizer.vocabularySize()).isEqualTo(10);
        assertThat(tokenizer.id("</s>")).hasValue(2);
        assertThat(tokenizer.id("t77")).isEmpty();
    }
}
