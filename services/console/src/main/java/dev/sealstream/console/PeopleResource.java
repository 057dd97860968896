package dev.sealstream.console;

import dev.sealstream.domain.Ballot;
import dev.sealstream.domain.LineageHistory;
import dev.sealstream.domain.PersonDecision;
import dev.sealstream.domain.RefusedDecisionException;
import dev.sealstream.eventstreaming.Topics;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hands on what people decide. Accepted means written to {@code seal.approvals}; what the gate makes of it shows in the
 * lineage.
 */
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PeopleResource {
    private static final String WHY = "say why in a sentence; the lineage keeps it for ever";

    private final LineageBoard board;
    private final Outbox outbox;
    private final SecurityIdentity identity;

    PeopleResource(LineageBoard board, Outbox outbox, SecurityIdentity identity) {
        this.board = board;
        this.outbox = outbox;
        this.identity = identity;
    }

    /** {candidateId, approved, by?, reason, lineage?}; who is signed in may leave {@code by} out: yes or no to a candidate. */
    @POST
    @Path("/approvals")
    public Response approve(String body) throws InterruptedException {
        var form = new PersonForm(body);
        String candidateId = form.text("candidateId", "name the candidate; api/lineage has those that wait");
        boolean approved = form.yesOrNo("approved", "say true to agree, false to refuse");
        String by = form.by(person());
        String reason = form.text("reason", WHY);
        return hand(form, history -> new Ballot(history).on(candidateId, approved, by, reason));
    }

    /** {toVersion, by?, reason, lineage?}: makes another version the head. */
    @POST
    @Path("/rollbacks")
    public Response rollBack(String body) throws InterruptedException {
        var form = new PersonForm(body);
        long toVersion = form.version("toVersion", "name a released version, or 0 for the base model");
        String by = form.by(person());
        String reason = form.text("reason", WHY);
        return hand(form, history -> new Ballot(history).rollBack(toVersion, by, reason));
    }

    private Response hand(PersonForm form, Function<LineageHistory, PersonDecision> decide)
            throws InterruptedException {
        String lineage = form.lineage();
        if (!form.problems().isEmpty()) {
            return refused(Response.Status.BAD_REQUEST, form.problems());
        }
        PersonDecision decision;
        try {
            decision = board.ask(lineage, decide);
        } catch (RefusedDecisionException no) {
            return refused(
                    Response.Status.CONFLICT, List.of(new Problem(no.thing(), no.value(), no.allowed(), no.remedy())));
        }
        var fault = outbox.send(Topics.APPROVALS, List.of(decision));
        return fault.isEmpty()
                ? Response.accepted(decision).build()
                : refused(Response.Status.SERVICE_UNAVAILABLE, List.of(fault.get()));
    }

    private Optional<String> person() {
        return identity.isAnonymous()
                ? Optional.empty()
                : Optional.of(identity.getPrincipal().getName());
    }

    private static Response refused(Response.Status status, List<Problem> problems) {
        return Response.status(status).entity(new Refused(problems)).build();
    }
}
