package dev.sealstream.benchmarks.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process that runs Jlama; it waits, idle, between questions. Not thread-safe. */
public final class JlamaProcess implements AutoCloseable {
    private static final String SOURCE = "JlamaRunner.java";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STOP_SECONDS_MAX = 10;

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;
    private final Path log;
    private final String jdk;

    /** Which of Jlama's implementations of tensor operations is used. */
    public enum Operations {
        /** Its C library, where it has one for the machine. */
        NATIVE,
        /** Java's vector module. */
        PANAMA
    }

    /**
     * Greedy continuations.
     *
     * @param tokens one row for each prompt
     */
    public record Continuations(double seconds, List<int[]> tokens) {}

    /**
     * How well a model predicts the tokens of a sequence, from the second on.
     *
     * @param logProbabilities in nats; not copied
     * @param best the most probable token in each place; not copied
     */
    public record Scores(double[] logProbabilities, int[] best) {}

    private JlamaProcess(Process process, Path log, String jdk) {
        this.process = process;
        this.questions = process.outputWriter();
        this.answers = process.inputReader();
        this.log = log;
        this.jdk = jdk;
    }

    /**
     * Starts the child.
     *
     * @param root of the repository
     * @throws JlamaUnavailableException if no JDK is new enough or Jlama cannot be fetched
     */
    public static JlamaProcess start(Path root, Operations operations) throws JlamaUnavailableException {
        NewerJdk jdk = NewerJdk.find()
                .orElseThrow(() -> new JlamaUnavailableException("Jlama needs a JDK of " + NewerJdk.NEEDED
                        + " or newer beside this one, in JAVA_HOME, a variable JAVA_HOME_… or /usr/lib/jvm; none was"
                        + " found"));
        Path jars = JlamaJars.fetch(root);
        Path log = jars.resolveSibling("jlama.log");
        Path source = jars.resolveSibling(SOURCE);
        try (InputStream in = JlamaProcess.class.getResourceAsStream(SOURCE)) {
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
            List<String> properties =
                    List.of("jlama.force_panama_tensor_operations=" + (operations == Operations.PANAMA));
            Process process = new ProcessBuilder(jdk.command(jars, properties, source))
                    .directory(jars.getParent().toFile())
                    .redirectError(log.toFile())
                    .start();
            return new JlamaProcess(process, log, "JDK " + jdk.version());
        } catch (IOException failure) {
            throw new JlamaUnavailableException("Jlama's process could not be started with " + jdk.home(), failure);
        }
    }

    /** What the child runs on. */
    public String jdk() {
        return jdk;
    }

    /**
     * Loads a model, closing the one before.
     *
     * @param workingType of activations and cache: {@code F32} or {@code BF16}
     * @param instances that many can generate at the same time
     */
    public void open(Path directory, String workingType, int threads, int instances) throws IOException {
        ask(JSON.createObjectNode()
                .put("do", "open")
                .put("directory", directory.toString())
                .put("working", workingType)
                .put("threads", threads)
                .put("instances", instances));
    }

    /** Continues every prompt by so many tokens, {@code parallel} at a time. */
    public Continuations generate(List<int[]> prompts, int newTokens, int parallel) throws IOException {
        ObjectNode question = JSON.createObjectNode()
                .put("do", "generate")
                .put("newTokens", newTokens)
                .put("parallel", parallel);
        question.set("prompts", JSON.valueToTree(prompts));
        JsonNode answer = ask(question);
        List<int[]> tokens = List.of(JSON.treeToValue(answer.get("tokens"), int[][].class));
        return new Continuations(answer.get("seconds").asDouble(), tokens);
    }

    /** Scores a sequence. */
    public Scores score(int[] tokens) throws IOException {
        ObjectNode question = JSON.createObjectNode().put("do", "score");
        question.set("tokens", JSON.valueToTree(tokens));
        JsonNode answer = ask(question);
        return new Scores(
                JSON.treeToValue(answer.get("logProbabilities"), double[].class),
                JSON.treeToValue(answer.get("best"), int[].class));
    }

    private JsonNode ask(ObjectNode question) throws IOException {
        questions.write(question.toString());
        questions.newLine();
        questions.flush();
        String line = answers.readLine();
        if (line == null || !line.startsWith("{")) {
            throw new IOException("Jlama's process ended at " + question.path("do") + "; its log is " + log);
        }
        JsonNode answer = JSON.readTree(line);
        if (answer.has("failure")) {
            throw new IOException("Jlama failed at " + question.path("do") + ": "
                    + answer.path("failure").asText() + "; its log is " + log);
        }
        return answer;
    }

    @Override
    public void close() {
        try {
            questions.close();
            process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (IOException ended) {
            // Nothing is left to be told to it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
