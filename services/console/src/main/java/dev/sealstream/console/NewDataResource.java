package dev.sealstream.console;

import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.EventProducer;
import dev.sealstream.eventstreaming.Topics;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes documents in. Accepted means written to {@code seal.new-data}; what comes of it shows on the other endpoints. */
@Path("/api/new-data")
public class NewDataResource {
    private final EventProducer producer;
    private final ConsoleConfig config;

    NewDataResource(EventProducer producer, ConsoleConfig config) {
        this.producer = producer;
        this.config = config;
    }

    /** Ids of the accepted documents, in the order of the request. */
    public record Accepted(List<String> dataIds) {}

    /** All that is wrong with a request, of which nothing was accepted. */
    public record Refused(List<Problem> problems) {}

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
        try {
            send(form.documents(), config.sendTimeout());
        } catch (ExecutionException | TimeoutException e) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .entity(new Refused(List.of(unavailable(e))))
                    .build();
        }
        var ids = form.documents().stream().map(NewData::dataId).toList();
        return Response.accepted(new Accepted(ids)).build();
    }

    private void send(List<NewData> documents, Duration timeout)
            throws ExecutionException, InterruptedException, TimeoutException {
        var sent = documents.stream()
                .map(document -> producer.send(Topics.NEW_DATA, document))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(sent).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Problem unavailable(Exception e) {
        return new Problem(
                "broker",
                e instanceof ExecutionException ? String.valueOf(e.getCause()) : "no answer in " + config.sendTimeout(),
                "every document written",
                "send the request again: documents that were written keep their ids, so nothing is learnt twice");
    }
}
