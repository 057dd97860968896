package dev.sealstream.console.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.console.Refused;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Optional;

/**
 * Finds out who sends a request, from {@code Authorization: Bearer TOKEN} or a session's cookie, and tells those whom
 * {@link AccessPolicy} turned away what to do. Credentials that are no good count as none: what is open stays open, such as the
 * login page for a browser whose session is over.
 */
@Singleton
public class TokenMechanism implements HttpAuthenticationMechanism {
    private final AccessTokens tokens;
    private final Sessions sessions;
    private final AccessRule rule;
    private final ObjectMapper json;

    TokenMechanism(AccessTokens tokens, Sessions sessions, AccessRule rule, ObjectMapper json) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.rule = rule;
        this.json = json;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return Uni.createFrom()
                .item(person(context).map(TokenMechanism::identity).orElse(null));
    }

    private Optional<String> person(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return Denial.bearer(header).flatMap(tokens::find).map(AccessToken::person);
        }
        var cookie = context.request().getCookie(Sessions.COOKIE);
        return cookie == null ? Optional.empty() : sessions.person(cookie.getValue());
    }

    private static SecurityIdentity identity(String person) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(person))
                .setAnonymous(false)
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        var denial = denial(context);
        return Uni.createFrom().item(new ChallengeData(denial.status(), denial.header(), denial.headerValue()));
    }

    /** With a body that says what to do, which a challenge by itself has not. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        var denial = denial(context);
        var response = context.response().setStatusCode(denial.status());
        if (denial.header() != null) {
            response.putHeader(denial.header(), denial.headerValue());
        }
        String body = json(new Refused(List.of(denial.problem())));
        return UniHelper.toUni(response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(body))
                .replaceWith(true);
    }

    private Denial denial(RoutingContext context) {
        var request = context.request();
        var verdict = rule.on(request.method().name(), context.normalizedPath(), false);
        return Denial.of(
                verdict, request.getHeader(HttpHeaders.AUTHORIZATION), request.getCookie(Sessions.COOKIE) != null);
    }

    private String json(Refused refused) {
        try {
            return json.writeValueAsString(refused);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + refused, e);
        }
    }
}
