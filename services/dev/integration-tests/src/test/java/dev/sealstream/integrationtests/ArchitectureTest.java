package dev.sealstream.integrationtests;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Which room may know which: each rule with its reason. Reads the compiled classes of every module. */
class ArchitectureTest {
    private static final String ROOT = "dev.sealstream.";
    private static final List<String> SERVICES = List.of(
            "selfeditproposer",
            "updateworker",
            "evaluator",
            "rewardemitter",
            "policytrainer",
            "checkpointgate",
            "console");
    private static final String[] DEV = {
        ROOT + "devstack..", ROOT + "tinyworld..", ROOT + "experiments..", ROOT + "deployment..", ROOT + "benchmarks.."
    };
    private static final String[] STREAMS = {
        ROOT + "rewardemitter..", ROOT + "checkpointgate..", ROOT + "streamsruntime.."
    };

    private static JavaClasses all;

    @BeforeAll
    static void readClasses() throws IOException {
        var services =
                Path.of(System.getProperty("sealstream.root", "../../..")).resolve("services");
        try (Stream<Path> directories = Files.walk(services, 3)) {
            var compiled = directories
                    .map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList();
            all = new ClassFileImporter().importPaths(compiled);
        }
    }

    @Test
    void everyRoomIsBuilt() {
        var rooms = Stream.concat(
                SERVICES.stream(),
                Stream.of(
                        "domain",
                        "languagemodel",
                        "eventstreaming",
                        "policymodel",
                        "s3artifacts",
                        "workerruntime",
                        "connections",
                        "streamsruntime",
                        "devstack"));

        assertThat(rooms.filter(room ->
                        all.stream().noneMatch(type -> type.getPackageName().startsWith(ROOT + room))))
                .as("rooms without classes; build with ./mvnw -Dquick package first")
                .isEmpty();
    }

    @Test
    void domainKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage(ROOT + "domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + "domain..")
                .because("the rules of learning must be testable with plain values")
                .check(all);
    }

    @Test
    void languageModelKnowsNothingOfEvents() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "languagemodel..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "io.quarkus..", "org.apache.avro..")
                        .or(resideInAPackage("dev.sealstream..").and(resideOutsideOfPackage(ROOT + "languagemodel.."))))
                .because("it must run in any program that wants to train a small model")
                .check(all);
    }

    @Test
    void eventStreamingKnowsNeitherModelsNorQuarkus() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "eventstreaming..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "io.quarkus..", ROOT + "languagemodel..", ROOT + "policymodel..")
                .because("clients and tools send events without a model or a container")
                .check(all);
    }

    @Test
    void tensorsStayInTheLanguageModel() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "languagemodel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .because("native memory is owned and closed in one place")
                .check(all);
    }

    @Test
    void bucketsStayInOneRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "s3artifacts..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .because("everybody else knows a store of artifacts, wherever it is")
                .check(all);
    }

    @Test
    void generatedEventsStayAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "eventstreaming..", ROOT + "events..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "events..", "org.apache.avro..")
                .because("events are domain records everywhere but on the wire")
                .check(all);
    }

    @Test
    void kafkaStaysInEventStreamingAndTopologies() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "eventstreaming..")
                .and()
                .resideOutsideOfPackages(STREAMS)
                .and()
                .resideOutsideOfPackages(DEV)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("delivery guarantees rest on client settings, which are made in one place")
                .check(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "selfeditproposer",
                "updateworker",
                "evaluator",
                "rewardemitter",
                "policytrainer",
                "checkpointgate",
                "console"
            })
    void servicesMeetOnlyInEvents(String service) {
        var others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("a service is deployed, scaled and replaced by itself")
                .check(all);
    }

    @Test
    void nothingShippedDependsOnDev() {
        noClasses()
                .that()
                .resideOutsideOfPackages(DEV)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DEV)
                .because("what helps development is never shipped")
                .check(all);
    }

    @Test
    void sharedRoomsKnowNoService() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "domain..",
                        ROOT + "languagemodel..",
                        ROOT + "eventstreaming..",
                        ROOT + "policymodel..",
                        ROOT + "s3artifacts..",
                        ROOT + "connections..",
                        ROOT + "workerruntime..",
                        ROOT + "streamsruntime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        SERVICES.stream().map(service -> ROOT + service + "..").toArray(String[]::new))
                .because("arrows go one way: service, shared, JDK")
                .check(all);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(all);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages(DEV)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("a service speaks through its log")
                .check(all);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                .because("what a class needs shows in its constructor, and tests can give it")
                .check(all);
    }
}
