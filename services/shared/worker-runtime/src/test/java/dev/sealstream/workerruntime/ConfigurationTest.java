package dev.sealstream.workerruntime;

import dev.sealstream.connections.KafkaConfig;
import dev.sealstream.connections.RegistryConfig;
import dev.sealstream.languagemodel.LearningRateDecay;
import dev.sealstream.languagemodel.LoraSettings;
import dev.sealstream.languagemodel.LossMean;
import dev.sealstream.languagemodel.Precision;
import dev.sealstream.languagemodel.TrainingSettings;
import dev.sealstream.policymodel.Forgetting;
import dev.sealstream.policymodel.ForgettingSettings;
import dev.sealstream.policymodel.InnerLoopSettings;
import dev.sealstream.policymodel.LabelFreeSettings;
import dev.sealstream.policymodel.PromptForm;
import dev.sealstream.policymodel.SamplingSettings;
import dev.sealstream.s3artifacts.S3Credentials;
import dev.sealstream.s3artifacts.S3Settings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationTest {
    private static final Class<?>[] MAPPINGS = {
        KafkaConfig.class,
        RegistryConfig.class,
        ArtifactsConfig.class,
        SnapshotsConfig.class,
        BaseModelConfig.class,
        SamplingConfig.class,
        InnerLoopConfig.class,
        ExamConfig.class,
        PromptConfig.class,
        LabelFreeConfig.class,
        WorkConfig.class
    };

    @Test
    void everyKeyButTheModelDirectoryHasADefault() {
        // When
        var config = config(Map.of());

        // Then
        assertThat(config.getConfigMapping(KafkaConfig.class).bootstrapServers())
                .isEqualTo("localhost:19092");
        assertThat(config.getConfigMapping(RegistryConfig.class).url())
                .isEqualTo("http://localhost:18081/apis/registry/v3");
        assertThat(config.getConfigMapping(ArtifactsConfig.class).directory()).isEqualTo(Path.of(".seal/artifacts"));
        var snapshots = config.getConfigMapping(SnapshotsConfig.class);
        assertThat(snapshots.every()).isEqualTo(16);
        assertThat(snapshots.directory()).isEqualTo(Path.of(".seal/snapshots"));
        var model = config.getConfigMapping(BaseModelConfig.class);
        assertThat(model.name()).isEqualTo("sealstream/tiny-world");
        assertThat(model.device()).isEqualTo("cpu");
        assertThat(model.threads()).isEqualTo(1);
        assertThat(model.bfloat16Training()).isFalse();
        assertThat(model.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(model.workMemory().asLongValue()).isZero();
        assertThat(config.getConfigMapping(SamplingConfig.class).settings())
                .isEqualTo(new SamplingSettings(5, 1.0, 0.95, 200));
        assertThat(config.getConfigMapping(ExamConfig.class).answerTokensMax()).isEqualTo(64);
        assertThat(config.getConfigMapping(LabelFreeConfig.class).settings())
                .isEqualTo(new LabelFreeSettings(16, 12, 8, 0.75));
        var work = config.getConfigMapping(WorkConfig.class);
        assertThat(work.stalenessMax()).isEqualTo(1);
        assertThat(work.gracePeriod()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void innerLoopDefaultsAreTheTinyModelsRecipe() {
        // When
        var settings = config(Map.of()).getConfigMapping(InnerLoopConfig.class).settings();

        // Then
        assertThat(settings.repeats()).isEqualTo(2);
        assertThat(settings.lora().rank()).isEqualTo(16);
        assertThat(settings.lora().alpha()).isEqualTo(32);
        assertThat(settings.training().epochs()).isEqualTo(6);
        assertThat(settings.training().batchSize()).isZero();
        assertThat(settings.training().learningRate()).isEqualTo(0.01);
        assertThat(settings.training().decay()).isEqualTo(LearningRateDecay.NONE);
        assertThat(settings.forgetting())
                .isEqualTo(new ForgettingSettings(Set.of(Forgetting.GATED), 16, 1, 10, 20, 0.01, 1));
    }

    @Test
    void methodsAgainstForgettingAreCombinedWhereTheyCanBe() {
        var settings = config(Map.of("seal.inner-loop.forgetting", "replay,kl"))
                .getConfigMapping(InnerLoopConfig.class)
                .settings();

        assertThat(settings.forgetting().methods()).containsExactlyInAnyOrder(Forgetting.REPLAY, Forgetting.KL);
    }

    @Test
    void methodsAgainstForgettingThatExcludeEachOtherAreRefused() {
        var config =
                config(Map.of("seal.inner-loop.forgetting", "gated,replay")).getConfigMapping(InnerLoopConfig.class);

        assertThatThrownBy(config::settings).hasMessageContaining("allowed: NONE alone, GATED alone");
    }

    @Test
    void faithfulRecipeIsSealsProcedure() {
        // When
        var config = config(Map.of("seal.recipe", "faithful"));

        // Then
        var settings = config.getConfigMapping(InnerLoopConfig.class).settings();
        assertThat(settings)
                .isEqualTo(new InnerLoopSettings(
                        new LoraSettings(32, 64, LoraSettings.ALL_LINEAR),
                        new TrainingSettings(10, 1, 0.001, LearningRateDecay.LINEAR, 0.9, 0.999, 0.0, LossMean.TOKENS),
                        3,
                        2048,
                        new ForgettingSettings(Set.of(Forgetting.NONE), 16, 1, 10, 20, 0.01, 1)));
        assertThat(config.getConfigMapping(SamplingConfig.class).settings().groupSize())
                .isEqualTo(5);
        assertThat(config.getConfigMapping(ExamConfig.class).answerTokensMax()).isEqualTo(64);
        assertThat(config.getRawValue("seal.evaluator.repeats-max")).isEqualTo("3");
        assertThat(config.getRawValue("seal.policy-trainer.rank")).isEqualTo("64");
        assertThat(config.getRawValue("seal.policy-trainer.batch-size")).isEqualTo("10");
    }

    @Test
    void singleSettingsOverrideTheRecipe() {
        var settings = config(Map.of("seal.recipe", "faithful", "seal.inner-loop.epochs", "4"))
                .getConfigMapping(InnerLoopConfig.class)
                .settings();

        assertThat(settings.training().epochs()).isEqualTo(4);
        assertThat(settings.training().batchSize()).isEqualTo(1);
    }

    @Test
    void unknownRecipeIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> config(Map.of("seal.recipe", "quick")))
                .hasStackTraceContaining("seal.recipe is 'quick'; allowed: fast, faithful");
    }

    @Test
    void promptFormIsBaseUnlessSaidOtherwise() {
        assertThat(config(Map.of()).getConfigMapping(PromptConfig.class).form()).isEqualTo(PromptForm.BASE);
        assertThat(config(Map.of("seal.prompt.form", "instruct"))
                        .getConfigMapping(PromptConfig.class)
                        .form())
                .isEqualTo(PromptForm.INSTRUCT);
    }

    @Test
    void artifactsLieInADirectoryUnlessABucketIsNamed() {
        // Given
        var plain = config(Map.of()).getConfigMapping(ArtifactsConfig.class);
        var bucket = Map.of(
                "seal.artifacts.store", "s3",
                "seal.artifacts.s3.bucket", "weights",
                "seal.artifacts.s3.endpoint", "http://localhost:9000",
                "seal.artifacts.s3.path-style", "true",
                "seal.artifacts.s3.access-key", "an-access-key",
                "seal.artifacts.s3.secret-key", "a-secret-key");

        // When
        var settings =
                config(bucket).getConfigMapping(ArtifactsConfig.class).s3().settings();

        // Then
        assertThat(plain.store()).isEqualTo(ArtifactsConfig.Store.DIRECTORY);
        assertThat(plain.grace()).isEqualTo(Duration.ofDays(14));
        assertThat(plain.collectEvery()).isEqualTo(Duration.ofDays(1));
        assertThat(settings)
                .isEqualTo(new S3Settings(
                        "weights",
                        "sealstream/",
                        null,
                        URI.create("http://localhost:9000"),
                        true,
                        new S3Credentials("an-access-key", "a-secret-key")));
        assertThat(settings.toString()).doesNotContain("an-access-key").doesNotContain("a-secret-key");
    }

    @Test
    void bucketThatIsNotNamedAndHalfAPairOfKeysAreRefusedByName() {
        var nameless = config(Map.of("seal.artifacts.store", "s3")).getConfigMapping(ArtifactsConfig.class);
        var half = config(
                        Map.of("seal.artifacts.s3.bucket", "weights", "seal.artifacts.s3.access-key", "an-access-key"))
                .getConfigMapping(ArtifactsConfig.class);

        assertThatThrownBy(() -> nameless.s3().settings()).hasMessageContaining("seal.artifacts.s3.bucket is missing");
        assertThatThrownBy(() -> half.s3().settings()).hasMessageContaining("give both, or neither");
    }

    @Test
    void unknownKeyIsRefusedByName() {
        assertThatThrownBy(() -> config(Map.of("seal.inner-loop.learnig-rate", "0.1")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("seal.inner-loop.learnig-rate");
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("seal.model.directory", "model");
        var builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new RecipeSource())
                .withSources(new PropertiesConfigSource(all, "test", 100));
        for (var mapping : MAPPINGS) {
            builder.withMapping(mapping);
        }
        return builder.build();
    }
}
