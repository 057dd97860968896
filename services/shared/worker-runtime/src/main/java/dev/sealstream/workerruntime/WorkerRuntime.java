package dev.sealstream.workerruntime;

import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.HeadFollower;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.LogReader;
import dev.sealstream.eventstreaming.RetryBackoff;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.StageSettings;
import dev.sealstream.eventstreaming.StageWorker;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.ModelHost;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * Builds what a worker needs from its configuration, runs its stages and takes everything down in reverse order.
 *
 * <p>A service calls this from its start-up observer, so it is ready only after the weights are loaded.
 */
@Singleton
public class WorkerRuntime {
    private static final Logger LOG = Logger.getLogger(WorkerRuntime.class);

    private final WorkerConfig config;
    private final MeterRegistry meters;
    private final KafkaSettings kafka;
    private final EventCodec codec;
    private final List<StageWorker<?>> stages = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    WorkerRuntime(WorkerConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
        this.kafka = KafkaSettings.of(
                config.kafka().bootstrapServers(), config.registry().url());
        this.codec = closedAtEnd(new EventCodec(config.registry().url()));
    }

    /** Loads the base model; takes seconds to minutes. */
    public ModelHost loadModel() {
        var model = LanguageModel.load(
                config.model().directory(),
                new LoadOptions(config.model().device(), config.model().threads()));
        LOG.infof("base model %s has weights hash %s", config.model().directory(), model.weightsSha256());
        var heads = closedAtEnd(new HeadFollower(kafka, codec, model.weightsSha256()));
        return closedAtEnd(new ModelHost(model, heads::head, artifacts()));
    }

    public AdapterArtifacts adapterArtifacts() {
        return new AdapterArtifacts(artifacts(), config.model().name());
    }

    public LogReader<NewData> newDataLog() {
        return closedAtEnd(new LogReader<>(kafka, Topics.NEW_DATA, codec));
    }

    /** Starts a stage; {@code name} is its consumer group. */
    public <E> void run(String name, Topic<E> input, Stage<E> stage) {
        var settings = new StageSettings(
                kafka,
                name,
                UUID.randomUUID().toString(),
                config.work().gracePeriod(),
                RetryBackoff.DEFAULT);
        var worker = closedAtEnd(new StageWorker<>(settings, input, stage, codec, new StageMetrics(name, meters)));
        stages.add(worker);
        worker.start();
        LOG.infof("stage %s reads %s", name, input.name());
    }

    /** Whether at least one stage was started and all of them run. */
    boolean allStagesAlive() {
        return !stages.isEmpty() && stages.stream().allMatch(StageWorker::alive);
    }

    private ArtifactStore artifacts() {
        return new DirectoryArtifactStore(config.artifacts().directory());
    }

    private <C extends AutoCloseable> C closedAtEnd(C resource) {
        resources.push(resource);
        return resource;
    }

    void stop(@Observes ShutdownEvent event) {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception failure) {
                LOG.warnf(failure, "could not close a resource; the remaining ones are closed all the same");
            }
        }
    }
}
