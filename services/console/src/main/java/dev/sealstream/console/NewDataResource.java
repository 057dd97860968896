package dev.sealstream.console;

import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Topics;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.util.List;

/** Takes documents in. Accepted means written to {@code seal.new-data}; what comes of it shows on the other endpoints. */
@Path("/api/new-data")
public class NewDataResource {
    private final Outbox outbox;
    private final ConsoleConfig config;

    NewDataResource(Outbox outbox, ConsoleConfig config) {
        this.outbox = outbox;
        this.config = config;
    }

    /** Ids of the accepted documents, in the order of the request. */
    public record Accepted(List<String> dataIds) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response learn(String body) throws InterruptedException {
        var form = NewDataForm.parse(body, config.documentsMax());
        if (!form.problems().isEmpty()) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(new Refused(form.problems()))
                    .build();
        }
        var fault = outbox.send(Topics.NEW_DATA, form.documents());
        if (fault.isPresent()) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .entity(new Refused(List.of(fault.get())))
                    .build();
        }
        var ids = form.documents().stream().map(NewData::dataId).toList();
        return Response.accepted(new Accepted(ids)).build();
    }
}
