package dev.sealstream.console.access;

import dev.sealstream.console.ConsoleConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.List;

/** Reads who has a token; at the start, so that a malformed one stops the console before it serves anybody. */
@ApplicationScoped
public class AccessWiring {

    @Produces
    @Singleton
    @Startup
    AccessTokens tokens(ConsoleConfig config) {
        return AccessTokens.of(config.tokens().orElse(List.of()), config.tokensFile());
    }

    @Produces
    @Singleton
    @Startup
    Sessions sessions(AccessTokens tokens, ConsoleConfig config) {
        return new Sessions(tokens, config.session(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    AccessRule rule(AccessTokens tokens, ConsoleConfig config) {
        return new AccessRule(tokens.areSet(), config.anonymousWrites());
    }
}
