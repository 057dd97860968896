package dev.sealstream.console.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Asks the {@link AccessRule} before every request: having no name, this policy holds for all paths. */
@Singleton
public class AccessPolicy implements HttpSecurityPolicy {
    private final AccessRule rule;

    AccessPolicy(AccessRule rule) {
        this.rule = rule;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext authorization) {
        return identity.map(who -> {
            var verdict = rule.on(context.request().method().name(), context.normalizedPath(), !who.isAnonymous());
            return verdict == AccessRule.Verdict.ALLOWED ? CheckResult.PERMIT : CheckResult.DENY;
        });
    }
}
