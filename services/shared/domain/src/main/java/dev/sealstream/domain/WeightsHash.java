package dev.sealstream.domain;

import java.util.HexFormat;

/**
 * Proves which weights a version has: a chain of hashes over the base weights and every released delta in order.
 * Version 0 has the SHA-256 of the base model's weights file.
 */
public final class WeightsHash {
    private WeightsHash() {}

    /** Hash of a version: SHA-256 over the parent's hash and the delta's SHA-256, both as 32 raw bytes. */
    public static String chain(String parentWeightsHash, String deltaSha256) {
        var hex = HexFormat.of();
        return Sha256.hex(hex.parseHex(parentWeightsHash), hex.parseHex(deltaSha256));
    }
}
