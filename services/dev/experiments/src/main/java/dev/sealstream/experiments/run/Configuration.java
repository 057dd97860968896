package dev.sealstream.experiments.run;

import dev.sealstream.domain.Sha256;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

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
public record Configuration<S extends ExperimentSettings>(
        String experiment,
        String command,
        S settings,
        String data,
        String documentsHash,
        String model,
        Map<String, String> modelFiles,
        Map<String, String> serviceSettings,
        CodeVersion code,
        Map<String, String> machine) {

    public static <S extends ExperimentSettings> Configuration<S> of(
            String experiment,
            String command,
            S settings,
            Path data,
            String documentsHash,
            Path model,
            boolean shipped,
            Map<String, String> serviceSettings,
            CodeVersion code) {
        return new Configuration<>(
                experiment,
                command,
                settings,
                data == null ? null : data.getFileName().toString(),
                documentsHash,
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
