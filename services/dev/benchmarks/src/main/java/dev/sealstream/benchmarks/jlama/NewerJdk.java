package dev.sealstream.benchmarks.jlama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK that runs Jlama: its classes are compiled for Java 20, and those of its native library for 20 and 21 use what was
 * a preview there.
 *
 * @param version feature number, such as 25
 */
record NewerJdk(Path home, int version) {
    static final int NEEDED = 20;
    /** From here on the interface to native code is no preview. */
    private static final int WITHOUT_PREVIEW = 22;

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    /** The newest that is installed where JDKs usually are; empty if none is new enough. */
    static Optional<NewerJdk> find() {
        return newest(candidates(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    static Optional<NewerJdk> newest(List<Path> homes) {
        return homes.stream()
                .flatMap(home -> at(home).stream())
                .filter(jdk -> jdk.version() >= NEEDED)
                .max(Comparator.comparingInt(NewerJdk::version));
    }

    private static Optional<NewerJdk> at(Path home) {
        // The source launcher needs a compiler, Jlama the vector module: a JRE has neither.
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(home.resolve("release"))) {
            return Optional.empty();
        }
        try {
            String release = Files.readString(home.resolve("release"));
            Matcher version = VERSION.matcher(release);
            boolean usable = version.find() && release.contains("jdk.incubator.vector");
            return usable ? Optional.of(new NewerJdk(home, Integer.parseInt(version.group(1)))) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static List<Path> candidates(Map<String, String> environment, Path user) {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        environment.forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME") && !value.isBlank()) {
                homes.add(Path.of(value));
            }
        });
        for (Path directory : List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/opt"),
                user.resolve(".sdkman/candidates/java"),
                user.resolve(".jdks"))) {
            homes.addAll(in(directory));
        }
        in(Path.of("/Library/Java/JavaVirtualMachines")).forEach(bundle -> homes.add(bundle.resolve("Contents/Home")));
        return homes;
    }

    private static List<Path> in(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Command line that runs a source file; the class path is a directory of jars. */
    List<String> command(Path jars, List<String> systemProperties, Path source) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.add("--enable-native-access=ALL-UNNAMED");
        if (version < WITHOUT_PREVIEW) {
            command.add("--enable-preview");
            command.add("--source=" + version);
        }
        systemProperties.forEach(property -> command.add("-D" + property));
        command.add("-cp");
        command.add(jars + "/*");
        command.add(source.toString());
        return command;
    }
}
