package dev.sealstream.console;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.RewardAssigned;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventProducer;
import dev.sealstream.eventstreaming.EventVerifier;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.LogReader;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.util.List;

/** Puts the parts together and follows the topics from the start on. */
@ApplicationScoped
public class ConsoleWiring {

    @Produces
    @Singleton
    EventProducer producer(KafkaSettings kafka, EventCodec codec) {
        return new EventProducer(kafka, codec, "the console");
    }

    void closeProducer(@Disposes EventProducer producer) {
        producer.close();
    }

    @Produces
    @Singleton
    EventFeed<RewardAssigned> rewards(ConsoleConfig config) {
        return new EventFeed<>(config.rewardsKept());
    }

    @Produces
    @Singleton
    EventFeed<CheckpointDecision> checkpoints(ConsoleConfig config) {
        return new EventFeed<>(config.checkpointsKept());
    }

    @Produces
    @Singleton
    LineageBoard lineages(ConsoleConfig config) {
        return new LineageBoard(config.candidatesKept());
    }

    @Produces
    @Singleton
    Outbox outbox(EventProducer producer, ConsoleConfig config) {
        return new Outbox(producer, config.sendTimeout());
    }

    @Produces
    @Singleton
    @Startup
    Followers followers(
            KafkaSettings kafka,
            EventCodec codec,
            EventVerifier verifier,
            ConsoleConfig config,
            EventFeed<RewardAssigned> rewards,
            EventFeed<CheckpointDecision> checkpoints,
            LineageBoard lineages) {
        var followers = new Followers(List.of(
                follower(kafka, codec, Topics.REWARDS, rewards),
                new TopicFollower<>(
                        Topics.CHECKPOINTS,
                        () -> new LogReader<>(kafka, Topics.CHECKPOINTS, codec, verifier),
                        Sink.both(lineages.decisions(), checkpoints)),
                follower(kafka, codec, Topics.CANDIDATES, lineages.candidates()),
                follower(kafka, codec, Topics.BENCHMARKS, lineages.measurements())));
        followers.all().forEach(follower -> follower.start(config.pollInterval()));
        return followers;
    }

    private static <E> TopicFollower<E> follower(KafkaSettings kafka, EventCodec codec, Topic<E> topic, Sink<E> sink) {
        return new TopicFollower<>(topic, () -> new LogReader<>(kafka, topic, codec), sink);
    }

    void closeFollowers(@Disposes Followers followers) {
        followers.all().forEach(TopicFollower::close);
    }
}
