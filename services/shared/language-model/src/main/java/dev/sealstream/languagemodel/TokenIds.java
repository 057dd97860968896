package dev.sealstream.languagemodel;

/** Guards the engine against token ids outside the vocabulary, which would read foreign memory or fail obscurely. */
final class TokenIds {
    private TokenIds() {}

    static void check(ModelConfig config, String what, int[] tokens) {
        for (int token : tokens) {
            if (token < 0 || token >= config.vocabularySize()) {
                throw new IllegalArgumentException(what + " has token " + token + "; the vocabulary has "
                        + config.vocabularySize() + " tokens, from 0");
            }
        }
    }
}
