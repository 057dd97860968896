package dev.sealstream.devstack.squad;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.Sha256;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Ids that people can read and that are the same whenever the document is. */
final class DocumentId {
    private static final int TITLE_LENGTH_MAX = 40;
    private static final int HASH_DIGITS = 12;

    private DocumentId() {}

    /** Shortened title, mode and the beginning of a hash: {@code huguenot-train-3f9a01c2d4e5}. */
    static String of(String title, String context, DataMode mode) {
        String readable = title.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}]+", "-")
                .replaceAll("^-|-$", "");
        String shortened = readable.substring(0, Math.min(TITLE_LENGTH_MAX, readable.length()));
        String hash = Sha256.hex((title + "\n" + context).getBytes(StandardCharsets.UTF_8));
        return shortened + "-" + mode.name().toLowerCase(Locale.ROOT) + "-" + hash.substring(0, HASH_DIGITS);
    }
}
