package dev.sealstream.console;

import dev.sealstream.domain.CheckpointDecision;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;

import java.util.List;

/** What the gate decided. */
@Path("/api/checkpoints")
public class CheckpointsResource {
    private final EventFeed<CheckpointDecision> feed;

    CheckpointsResource(EventFeed<CheckpointDecision> feed) {
        this.feed = feed;
    }

    /** The newest decisions, the newest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<CheckpointView> latest(@RestQuery @DefaultValue("100") int limit) {
        return feed.latest(limit).stream().map(CheckpointView::of).toList();
    }

    /** @param history how many kept decisions to begin with, the oldest first */
    @GET
    @Path("/stream")
    @Blocking // a long history must not hold up the event loop
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<CheckpointView> stream(@RestQuery @DefaultValue("0") int history) {
        return feed.stream(history).map(CheckpointView::of);
    }
}
