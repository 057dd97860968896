package dev.sealstream.connections;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;
import java.util.Optional;

/** Whose checkpoints a service goes by. */
@ConfigMapping(prefix = "seal.checkpoints")
public interface CheckpointsConfig {
    /**
     * File of Ed25519 public keys (PEM) of gates whose decisions count; those without a signature of one of them are void. None to
     * believe whoever may write {@code seal.checkpoints}.
     */
    Optional<Path> publicKeys();
}
