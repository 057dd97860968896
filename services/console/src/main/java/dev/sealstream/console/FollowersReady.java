package dev.sealstream.console;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import java.util.List;

/** Ready once the page would show everything there is. */
@Readiness
@ApplicationScoped
class FollowersReady implements HealthCheck {
    private final List<TopicFollower<?>> followers;

    FollowersReady(Followers followers) {
        this.followers = followers.all();
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("topics followed");
        followers.forEach(follower -> response.withData(follower.topic().name(), follower.caughtUp()));
        return response.status(followers.stream().allMatch(TopicFollower::caughtUp))
                .build();
    }
}
