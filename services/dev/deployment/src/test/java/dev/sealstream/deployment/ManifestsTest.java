package dev.sealstream.deployment;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Every field of every manifest is known, and Kustomize is told of every file. */
class ManifestsTest {
    @Test
    void everyFieldIsKnown() {
        assertThat(yamlFiles()).allSatisfy(file -> assertThat(Manifests.documents(file))
                .isNotEmpty()
                .allSatisfy(document -> assertThat(Manifests.faults(document))
                        .as("%s", document)
                        .isEmpty()));
    }

    @Test
    void misspeltFieldIsFound() {
        // Given
        String yaml = Repository.text(Base.DIRECTORY.resolve("services/evaluator.yaml"));

        // When
        var faults = Manifests.documents(yaml.replace("readOnlyRootFilesystem", "readOnlyRootFileSystem")).stream()
                .flatMap(document -> Manifests.faults(document).stream());

        // Then
        assertThat(faults).singleElement().asString().contains("readOnlyRootFileSystem");
    }

    @Test
    void misspeltFieldOfACustomResourceIsFound() {
        // Given
        String user = Repository.text(Repository.K8S.resolve("components/secured-kafka/users.yaml"));
        String scaled = Repository.text(Base.DIRECTORY.resolve("services/evaluator.yaml"));

        // When
        var ofUser = Manifests.faults(
                Manifests.documents(user.replace("patternType", "patterntype")).get(0));
        var ofScaled = Manifests.documents(scaled.replace("lagThreshold", "lagTreshold")).stream()
                .flatMap(document -> Manifests.faults(document).stream());

        // Then
        assertThat(ofUser).isNotEmpty();
        assertThat(ofScaled).isNotEmpty();
    }

    @Test
    void kustomizationListsEveryFile() {
        // Given
        var kustomization = Manifests.documents(Base.DIRECTORY.resolve("kustomization.yaml"))
                .get(0);

        // When
        var listed = Compose.texts(kustomization.path("resources"));

        // Then
        assertThat(Repository.files(Base.DIRECTORY, ".yaml").stream()
                        .map(file -> Base.DIRECTORY.relativize(file).toString()))
                .filteredOn(file -> !file.equals("kustomization.yaml") && !file.equals("monitoring/alerts.yaml"))
                .hasSameElementsAs(listed);
    }

    @Test
    void secretsAreNeverInTheManifests() {
        assertThat(Base.all()).extracting(Manifests::kind).doesNotContain("Secret");
    }

    /** Without the components' patches, which are no resources: those are checked in what is built with them. */
    private static List<Path> yamlFiles() {
        var files = new ArrayList<>(Repository.files(Base.DIRECTORY, ".yaml"));
        files.add(Repository.K8S.resolve("components/secured-kafka/users.yaml"));
        files.add(Repository.K8S.resolve("components/secured-kafka/keda.yaml"));
        files.add(Repository.K8S.resolve("components/s3-artifacts/network-policy.yaml"));
        files.addAll(Repository.files(Repository.K8S.resolve("components"), "kustomization.yaml"));
        files.remove(Repository.ALERTS);
        return files;
    }
}
