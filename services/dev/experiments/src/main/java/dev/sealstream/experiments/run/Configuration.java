package dev.sealstream.experiments.run;

import dev.sealstream.domain.Sha256;
import dev.sealstream.experiments.knowledge.ExperimentDocuments;
import dev.sealstream.experiments.knowledge.KnowledgeSettings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All it takes to do a run again, as {@code configuration.json} holds it.
 *
 * @param command the command line that does it
 * @param data file of the documents; null for the tiny world
 * @param documentsHash of all documents with their questions and the place of each in the experiment
 * @param modelFiles SHA-256 of each file of the base model's directory
 * @param serviceSettings every setting the services were given
 * @param machine where it ran: processor count, operating system, Java
 */
public record Configuration(
        String experiment,
        String command,
        KnowledgeSettings settings,
        String data,
        String documentsHash,
        String model,
        Map<String, String> modelFiles,
        Map<String, String> serviceSettings,
        CodeVersion code,
        Map<String, String> machine) {

    public static Configuration of(
            String command,
            KnowledgeSettings settings,
            Path data,
            ExperimentDocuments documents,
            Path model,
            boolean shipped,
            Map<String, String> serviceSettings,
            CodeVersion code) {
        return new Configuration(
                "knowledge",
                command,
                settings,
                data == null ? null : data.getFileName().toString(),
                hash(documents),
                shipped ? "the tiny model that ships" : model.getFileName().toString(),
                Files256.ofDirectory(model),
                new TreeMap<>(serviceSettings),
                code,
                thisMachine());
    }

    /** The same for every run that asks the same question of the same model, whatever code answers it. */
    public String question() {
        return Sha256.hex(String.join(
                        "\n",
                        experiment,
                        settings.toString(),
                        documentsHash,
                        modelFiles.toString(),
                        serviceSettings.toString()))
                .substring(0, 8);
    }

    /** The same for every run whose answers must be the same. */
    public String identity() {
        return question() + "-" + code.built().substring(0, 8);
    }

    private static String hash(ExperimentDocuments documents) {
        var texts = Stream.concat(Stream.of(documents.gate(), documents.heldOut()), documents.rounds().stream())
                .map(List::toString)
                .toList();
        return Sha256.hex(String.join("\n", texts) + new TreeMap<>(documents.idealEdits()));
    }

    private static Map<String, String> thisMachine() {
        return new TreeMap<>(Map.of(
                "processors",
                Integer.toString(Runtime.getRuntime().availableProcessors()),
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "java",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version")));
    }
}
