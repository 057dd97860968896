package dev.sealstream.connections;

import dev.sealstream.eventstreaming.RegistryAccess;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.util.Optional;

/** Where the schema registry is, and how to prove to it who one is. */
@ConfigMapping(prefix = "seal.registry")
public interface RegistryConfig {
    /** Core API of the schema registry; https where a password travels. */
    @WithDefault("http://localhost:18081/apis/registry/v3")
    String url();

    /** Name for HTTP basic authentication; none to ask anonymously. */
    Optional<String> username();

    /** Password that goes with it; give it as SEAL_REGISTRY_PASSWORD. */
    Optional<String> password();

    /** File of certificates (PEM) that may sign the registry's; none for those that Java trusts. */
    Optional<Path> truststore();

    default RegistryAccess access() {
        return new RegistryAccess(
                url(),
                username().orElse(null),
                password().orElse(null),
                truststore().orElse(null));
    }
}
