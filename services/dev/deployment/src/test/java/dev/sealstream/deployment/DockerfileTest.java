package dev.sealstream.deployment;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The Dockerfile is read, not built: what it names exists, and what it promises is written in it. */
class DockerfileTest {
    private static final List<String> INSTRUCTIONS = instructions();

    @Test
    void instructionsAreDockers() {
        assertThat(INSTRUCTIONS)
                .isNotEmpty()
                .allMatch(line ->
                        line.matches("(ADD|ARG|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|RUN|USER|WORKDIR) .*"));
    }

    @Test
    void stagesAreMadeBeforeTheyAreUsed() {
        var made = new ArrayList<String>();
        for (var line : INSTRUCTIONS) {
            var from = Pattern.compile("^FROM (\\S+)(?: AS (\\S+))?$").matcher(line);
            if (from.matches()) {
                assertThat(from.group(1))
                        .satisfiesAnyOf(
                                image -> assertThat(made).contains(image),
                                image -> assertThat(image).contains(":"),
                                image -> assertThat(image).contains("${"));
                made.add(from.group(2));
            }
            Pattern.compile("--from=(\\S+)").matcher(line).results().forEach(use -> assertThat(made)
                    .contains(use.group(1)));
        }
        assertThat(made).endsWith("service").contains("application-cpu", "application-cu128", "tiny-model");
    }

    @Test
    void copiedFilesAreThereAndNotIgnored() {
        var copied = INSTRUCTIONS.stream()
                .filter(line -> line.startsWith("COPY") && !line.contains("--from=") && !line.contains(" . "))
                .map(line -> line.replaceAll("--\\S+ ", "").split(" ")[1])
                .toList();

        assertThat(copied).hasSize(2).allSatisfy(file -> assertThat(Repository.ROOT.resolve(file))
                .exists());
        assertThat(Repository.text(".dockerignore"))
                .contains("!services/dev/tiny-world/src")
                .contains("**/target")
                // So that a change of it does not build every service anew.
                .contains("services/Dockerfile");
    }

    @Test
    void everyServiceIsBuilt() {
        var built = INSTRUCTIONS.stream()
                .filter(line -> line.contains("-Dquick"))
                .flatMap(line ->
                        Pattern.compile("services/([a-z-]+)").matcher(line).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(built).containsExactlyInAnyOrderElementsOf(Repository.services());
    }

    @Test
    void serviceRunsAsNobodyWithEverythingInside() {
        String service = INSTRUCTIONS.stream()
                .dropWhile(line -> !line.endsWith(" AS service"))
                .collect(Collectors.joining("\n"));

        assertThat(service)
                .contains("USER 10001:10001")
                .contains("PYTORCH_LIBRARY_PATH=/libtorch")
                .contains("-Dai.djl.offline=true")
                .contains("DJL_CACHE_DIR=/tmp/")
                .contains("HEALTHCHECK ")
                .doesNotContain("apt-get");
    }

    @Test
    void libtorchIsTheVersionTheServicesAreBuiltWith() {
        // Given
        var version = Pattern.compile("<libtorch.version>(.+)</libtorch.version>")
                .matcher(Repository.text("pom.xml"))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(INSTRUCTIONS).contains("ARG LIBTORCH=" + version);
        assertThat(INSTRUCTIONS).anyMatch(line -> line.contains("PYTORCH_VERSION=" + version + " "));
    }

    @Test
    void healthIsAskedWhereServicesAnswer() {
        assertThat(Repository.text("services/healthy.sh"))
                .contains(HealthPaths.READY.replace("ready", "%s"))
                .contains("QUARKUS_HTTP_PORT:-8080");
        assertThat(Files.isExecutable(Repository.ROOT.resolve("services/healthy.sh")))
                .isTrue();
    }

    /** One line each, comments left out. */
    private static List<String> instructions() {
        var joined = Repository.text("services/Dockerfile")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .collect(Collectors.joining("\n"))
                .replace("\\\n", " ");
        return joined.lines().toList();
    }
}
