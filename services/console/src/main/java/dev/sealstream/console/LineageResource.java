package dev.sealstream.console;

import dev.sealstream.domain.NewData;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestQuery;

import java.util.List;

/** What a lineage released and rejected, and what waits for a person. */
@Path("/api/lineage")
@Produces(MediaType.APPLICATION_JSON)
public class LineageResource {
    private final LineageBoard board;

    LineageResource(LineageBoard board) {
        this.board = board;
    }

    @GET
    public LineageView lineage(@RestQuery @DefaultValue(NewData.MAIN_LINEAGE) String lineage) {
        return board.ask(lineage, LineageView::of);
    }

    /** One candidate with all its evidence; as a query, since ids hold characters that paths do not. */
    @GET
    @Path("/candidate")
    public Response candidate(
            @RestQuery @DefaultValue("") String id, @RestQuery @DefaultValue(NewData.MAIN_LINEAGE) String lineage) {
        return board.ask(lineage, history -> history.candidate(id).map(CandidateView::of))
                .map(view -> Response.ok(view).build())
                .orElseGet(() -> Response.status(Response.Status.NOT_FOUND)
                        .entity(new Refused(List.of(new Problem(
                                "id",
                                id.isEmpty() ? "missing" : id,
                                "the id of a candidate of lineage " + lineage,
                                "api/lineage names them all"))))
                        .build());
    }
}
