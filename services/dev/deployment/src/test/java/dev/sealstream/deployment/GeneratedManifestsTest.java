package dev.sealstream.deployment;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Manifests that follow from code equal what the code writes. {@code -Dseal.write=true} writes them anew. */
class GeneratedManifestsTest {
    @Test
    void topicsAreThoseOfTheCatalogue() throws IOException {
        assertEqual(Repository.K8S.resolve("base/kafka/topics.yaml"), KafkaTopicManifests.yaml());
    }

    @Test
    void usersMayDoWhatTheirServicesDo() throws IOException {
        assertEqual(Repository.K8S.resolve("components/secured-kafka/users.yaml"), KafkaUserManifests.yaml());
    }

    @Test
    void alertsOfTheOperatorAreThoseOfTheFile() throws IOException {
        assertEqual(
                Repository.MONITORING.resolve("prometheus-rule.yaml"), PrometheusRuleManifest.yaml(Repository.ALERTS));
    }

    private static void assertEqual(Path file, String wanted) throws IOException {
        if (Boolean.getBoolean("seal.write")) {
            Files.writeString(file, wanted);
        }
        assertThat(Repository.text(file))
                .as("%s; write it anew with -Dseal.write=true, see k8s/README.md", Repository.ROOT.relativize(file))
                .isEqualTo(wanted);
    }
}
