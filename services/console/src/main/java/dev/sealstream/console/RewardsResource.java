package dev.sealstream.console;

import dev.sealstream.domain.RewardAssigned;
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

/** What rollouts were worth. */
@Path("/api/rewards")
public class RewardsResource {
    private final EventFeed<RewardAssigned> feed;

    RewardsResource(EventFeed<RewardAssigned> feed) {
        this.feed = feed;
    }

    /** The newest rewards, the newest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<RewardAssigned> latest(@RestQuery @DefaultValue("100") int limit) {
        return feed.latest(limit);
    }

    /** @param history how many kept rewards to begin with, the oldest first */
    @GET
    @Path("/stream")
    @Blocking // a long history must not hold up the event loop
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<RewardAssigned> stream(@RestQuery @DefaultValue("0") int history) {
        return feed.stream(history);
    }
}
