package dev.sealstream.streamsruntime;

import dev.sealstream.eventstreaming.AccessRefusedException;
import dev.sealstream.eventstreaming.BrokerAccess;
import dev.sealstream.eventstreaming.BrokerCheck;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.RetryBackoff;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.Topology;
import org.eclipse.microprofile.config.Config;

import java.util.concurrent.ExecutorService;

/** What every topology needs; Quarkus runs the topology when the service starts and ends it when the service stops. */
@ApplicationScoped
public class StreamsRuntime {
    private static final String APPLICATION_ID = "quarkus.kafka-streams.application-id";

    @Produces
    @Singleton
    BrokerAccess access(KafkaSettings kafka, Config config, Topology topology) {
        return StreamsAccess.of(kafka, config.getValue(APPLICATION_ID, String.class), topology);
    }

    @Produces
    @Singleton
    FaultRoute faultRoute(BrokerAccess access) {
        return new FaultRoute(RetryBackoff.DEFAULT, access, () -> Quarkus.asyncExit(1));
    }

    /** Quarkus starts a topology once all its topics show, and whom the broker lets see none would wait for ever. */
    void stopIfRefused(
            @Observes StartupEvent start,
            ExecutorService executor,
            KafkaSettings kafka,
            BrokerAccess access,
            Topology topology,
            FaultRoute faults) {
        executor.execute(() -> {
            try {
                BrokerCheck.require(kafka, StreamsAccess.topics(topology), access);
            } catch (AccessRefusedException refused) {
                faults.handle(refused);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
