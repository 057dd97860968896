package dev.sealstream.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Seeds are hashes of ids: reproducible, and unrelated for neighbouring ids. */
public final class Seeds {
    private Seeds() {}

    /** The first eight bytes of the id's SHA-256. */
    public static long of(String id) {
        return ByteBuffer.wrap(Sha256.digest(id.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
