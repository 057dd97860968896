package dev.sealstream.workerruntime;

import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.Lineage;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.SnapshotTaken;
import dev.sealstream.eventstreaming.ArtifactStore;
import dev.sealstream.eventstreaming.DirectoryArtifactStore;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.EventVerifier;
import dev.sealstream.eventstreaming.KafkaSettings;
import dev.sealstream.eventstreaming.LineageFollower;
import dev.sealstream.eventstreaming.LogReader;
import dev.sealstream.eventstreaming.RetryBackoff;
import dev.sealstream.eventstreaming.SnapshotFollower;
import dev.sealstream.eventstreaming.Stage;
import dev.sealstream.eventstreaming.StageSettings;
import dev.sealstream.eventstreaming.StageWorker;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.eventstreaming.TransientFaultException;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.LoadOptions;
import dev.sealstream.policymodel.AdapterArtifacts;
import dev.sealstream.policymodel.ModelHost;
import dev.sealstream.policymodel.SnapshotFiles;
import dev.sealstream.policymodel.SnapshotWriter;
import dev.sealstream.policymodel.Snapshots;
import dev.sealstream.s3artifacts.S3ArtifactStore;
import dev.sealstream.s3artifacts.S3Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Builds what a worker needs from its configuration, runs its stages and takes everything down in reverse order.
 *
 * <p>A service calls this from its start-up observer, so it is ready only after the weights are loaded.
 */
@Singleton
public class WorkerRuntime {
    private static final Logger LOG = Logger.getLogger(WorkerRuntime.class);

    private final BaseModelConfig baseModel;
    private final ArtifactStore artifacts;
    private final ArtifactsConfig collection;
    private final SnapshotsConfig snapshotting;
    private final WorkConfig work;
    private final MeterRegistry meters;
    private final KafkaSettings kafka;
    private final EventCodec codec;
    private final EventVerifier verifier;
    private final List<StageWorker<?>> stages = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    WorkerRuntime(
            KafkaSettings kafka,
            EventCodec codec,
            EventVerifier verifier,
            ArtifactsConfig artifacts,
            SnapshotsConfig snapshots,
            BaseModelConfig baseModel,
            WorkConfig work,
            MeterRegistry meters) {
        this.baseModel = baseModel;
        this.artifacts = store(artifacts);
        this.collection = artifacts;
        this.snapshotting = snapshots;
        this.work = work;
        this.meters = meters;
        this.kafka = kafka;
        this.codec = codec;
        this.verifier = verifier;
    }

    private ArtifactStore store(ArtifactsConfig config) {
        return switch (config.store()) {
            case DIRECTORY -> new DirectoryArtifactStore(config.directory());
            case S3 -> bucket(config.s3().settings());
        };
    }

    /** What refuses us ends the start; what does not answer yet may by the time of the first artifact. */
    private ArtifactStore bucket(S3Settings settings) {
        var bucket = closedAtEnd(new S3ArtifactStore(settings));
        try {
            bucket.requireAccess();
        } catch (TransientFaultException silent) {
            LOG.warnf("%s; asked again with the first artifact", silent.getMessage());
        }
        return bucket;
    }

    /** Loads the base model; takes seconds to minutes. */
    public ModelHost loadModel() {
        var model = LanguageModel.load(
                baseModel.directory(),
                LoadOptions.on(baseModel.device(), baseModel.threads())
                        .withPrecision(baseModel.precision())
                        .withBfloat16Training(baseModel.bfloat16Training())
                        .withWorkMemoryBytes(baseModel.workMemory().asLongValue())
                        .withTokenMeter(new TokenMetrics(meters)));
        LOG.infof("base model %s has weights hash %s", baseModel.directory(), model.weightsSha256());
        var lineages = closedAtEnd(new LineageFollower(checkpoints(), model.weightsSha256()));
        return closedAtEnd(new ModelHost(
                model,
                lineage -> newest(lineages, lineage),
                artifacts,
                snapshots(),
                new SnapshotFiles(artifacts, snapshotting.directory())));
    }

    /** None where signatures are asked for: nobody signs snapshots, and who writes one decides which weights are loaded. */
    private Snapshots snapshots() {
        if (verifier.isOn()) {
            LOG.info("checkpoints have to be signed and snapshots are not: every version is added up from the base");
            return Snapshots.NONE;
        }
        var followed = closedAtEnd(new SnapshotFollower(new LogReader<>(kafka, Topics.SNAPSHOTS, codec)));
        return () -> newest(followed);
    }

    private static Map<String, SnapshotTaken> newest(SnapshotFollower snapshots) {
        snapshots.refresh();
        return snapshots.byWeightsHash();
    }

    /** Only what the gate signed, where signatures are asked for. */
    private LogReader<CheckpointDecision> checkpoints() {
        return new LogReader<>(kafka, Topics.CHECKPOINTS, codec, verifier);
    }

    private static Lineage newest(LineageFollower lineages, String lineage) {
        lineages.refresh();
        return lineages.lineage(lineage);
    }

    /** Writes snapshots of the model's versions as often as configured. */
    public SnapshotWriter snapshotWriter(ModelHost models) {
        return models.snapshotWriter(snapshotting.every());
    }

    public AdapterArtifacts adapterArtifacts() {
        return new AdapterArtifacts(artifacts, baseModel.name());
    }

    /** Begins to remove artifacts that nothing refers to; one kind of service is enough. */
    public void collectArtifacts() {
        var checkpoints = closedAtEnd(checkpoints());
        var snapshots = closedAtEnd(new LogReader<>(kafka, Topics.SNAPSHOTS, codec));
        closedAtEnd(new ArtifactCollection(
                        artifacts, checkpoints::readNew, snapshots::readNew, collection.grace(), Clock.systemUTC())
                .every(collection.collectEvery()));
    }

    public LogReader<NewData> newDataLog() {
        return closedAtEnd(new LogReader<>(kafka, Topics.NEW_DATA, codec));
    }

    /** Starts a stage; {@code name} is its consumer group. */
    public <E> void run(String name, Topic<E> input, Stage<E> stage) {
        var settings =
                new StageSettings(kafka, name, UUID.randomUUID().toString(), work.gracePeriod(), RetryBackoff.DEFAULT);
        var worker =
                closedAtEnd(new StageWorker<>(settings, input, stage, codec, new StageMetrics(name, input, meters)));
        stages.add(worker);
        worker.start();
        LOG.infof("stage %s reads %s", name, input.name());
    }

    /** Whether at least one stage was started and all of them run. */
    boolean allStagesAlive() {
        return !stages.isEmpty() && stages.stream().allMatch(StageWorker::alive);
    }

    /** Stages whose task in hand takes longer than any should, with how long. */
    Map<String, Duration> hungStages() {
        return stages.stream()
                .filter(stage -> stage.inHandFor().compareTo(work.taskMax()) > 0)
                .collect(Collectors.toMap(StageWorker::name, StageWorker::inHandFor));
    }

    /** Closes a resource when the service stops, before those that were there earlier. */
    public <C extends AutoCloseable> C closedAtEnd(C resource) {
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
