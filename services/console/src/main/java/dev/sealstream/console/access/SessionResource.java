package dev.sealstream.console.access;

import dev.sealstream.console.Problem;
import dev.sealstream.console.Refused;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import java.util.List;

/** Gives a browser a session for a token, since an event stream's request cannot carry a header. */
@Path(AccessRule.SESSION)
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
    private final Sessions sessions;
    private final SecurityIdentity identity;

    SessionResource(Sessions sessions, SecurityIdentity identity) {
        this.sessions = sessions;
        this.identity = identity;
    }

    /** @param person who is signed in; null if nobody needs to be */
    public record Session(String person) {}

    @GET
    public Session who() {
        return new Session(
                identity.isAnonymous() ? null : identity.getPrincipal().getName());
    }

    public record SignIn(String token) {}

    /** As JSON, which a form on another site cannot send. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response signIn(SignIn request, @Context UriInfo uri) {
        String token = request == null || request.token() == null ? "" : request.token();
        return sessions.begin(token.strip())
                .map(value -> Response.noContent()
                        .cookie(cookie(value, (int) sessions.lasting().toSeconds(), uri))
                        .build())
                .orElseGet(() -> Response.status(Response.Status.UNAUTHORIZED)
                        .entity(new Refused(List.of(new Problem(
                                "token",
                                "nobody's",
                                "a token of this console",
                                "ask whoever runs the console for one; they are set with seal.console.tokens"))))
                        .build());
    }

    @DELETE
    public Response signOut(@Context UriInfo uri) {
        return Response.noContent().cookie(cookie("", 0, uri)).build();
    }

    /** Out of reach for scripts and for other sites, and for lines without TLS where there is TLS. */
    private static NewCookie cookie(String value, int seconds, UriInfo uri) {
        return new NewCookie.Builder(Sessions.COOKIE)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure(uri.getRequestUri().getScheme().equals("https"))
                .build();
    }
}
