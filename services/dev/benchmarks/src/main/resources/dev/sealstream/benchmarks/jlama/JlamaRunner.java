import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs Jlama for a parent process: a line of JSON on standard input asks, a line on standard output answers.
 *
 * <p>Started from source by a JDK newer than the one this project compiles for; it knows Jlama and nothing of ours.
 */
public final class JlamaRunner {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<AbstractModel> models = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        var runner = new JlamaRunner();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(JSON.writeValueAsString(runner.answer(JSON.readTree(line))));
            System.out.flush();
        }
        System.exit(0);
    }

    private ObjectNode answer(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            switch (request.path("do").asText()) {
                case "open" -> open(request, answer);
                case "generate" -> generate(request, answer);
                case "score" -> score(request, answer);
                default -> throw new IllegalArgumentException("unknown request " + request);
            }
        } catch (Throwable failure) {
            answer.put("failure", failure.toString());
            failure.printStackTrace();
        }
        return answer;
    }

    /**
     * Several instances of one directory, because one instance of Jlama's attention keeps intermediate results in fields
     * and cannot serve two threads. The files are memory-mapped, so the weights are in memory once.
     */
    private void open(JsonNode request, ObjectNode answer) {
        models.forEach(AbstractModel::close);
        Optional<Integer> threads = models.isEmpty() ? Optional.of(request.get("threads").asInt()) : Optional.empty();
        models.clear();
        DType working = DType.valueOf(request.get("working").asText());
        for (int i = 0; i < request.get("instances").asInt(); i++) {
            File directory = new File(request.get("directory").asText());
            models.add(ModelSupport.loadModel(directory, null, working, working, Optional.empty(), threads));
            threads = Optional.empty();
        }
        answer.put("operations", TensorOperationsProvider.get().name());
    }

    /** Greedy continuation of each prompt, dealt out to as many instances as asked for. */
    private void generate(JsonNode request, ObjectNode answer) throws Exception {
        List<int[]> prompts = new ArrayList<>();
        request.get("prompts").forEach(prompt -> prompts.add(ints(prompt)));
        int newTokens = request.get("newTokens").asInt();
        int parallel = request.get("parallel").asInt();
        int[][] results = new int[prompts.size()][];
        ExecutorService executor = Executors.newFixedThreadPool(parallel);
        long start = System.nanoTime();
        List<Future<Void>> workers = new ArrayList<>();
        for (int w = 0; w < parallel; w++) {
            int first = w;
            workers.add(executor.submit((Callable<Void>) () -> {
                for (int i = first; i < prompts.size(); i += parallel) {
                    results[i] = generate(models.get(first), prompts.get(i), newTokens);
                }
                return null;
            }));
        }
        for (Future<Void> worker : workers) {
            worker.get();
        }
        answer.put("seconds", (System.nanoTime() - start) / 1e9);
        executor.shutdown();
        answer.set("tokens", JSON.valueToTree(results));
    }

    /** What AbstractModel.generate does, without its tokenizer and its stop token. */
    private static int[] generate(AbstractModel model, int[] prompt, int newTokens) {
        int[] tokens = new int[newTokens];
        try (var cache = new KvBufferCache(model);
                var memory = cache.getEphemeralKvBuffer();
                AbstractTensor logits = model.makeDenseTensor(model.getConfig().vocabularySize)) {
            try (AbstractTensor last = model.batchForward(prompt, 0, memory)) {
                tokens[0] = model.sample(last.slice(last.shape().first() - 1), 0, 0, logits);
            }
            for (int i = 1; i < newTokens; i++) {
                try (AbstractTensor output =
                        model.forward(tokens[i - 1], prompt.length + i - 1, memory, Optional.empty())) {
                    tokens[i] = model.sample(output, 0, 0, logits);
                }
            }
        }
        return tokens;
    }

    /** Log-probability of each token after those before it, and the most probable token in its place. */
    private void score(JsonNode request, ObjectNode answer) {
        int[] tokens = ints(request.get("tokens"));
        AbstractModel model = models.get(0);
        try (var cache = new KvBufferCache(model);
                var memory = cache.getEphemeralKvBuffer()) {
            for (int i = 0; i < tokens.length - 1; i++) {
                try (AbstractTensor output = model.forward(tokens[i], i, memory, Optional.empty())) {
                    float[] probabilities = model.getLogits(output); // Jlama's name; it returns their softmax
                    answer.withArray("logProbabilities").add(Math.log(probabilities[tokens[i + 1]]));
                    answer.withArray("best").add(largest(probabilities));
                }
            }
        }
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }
}
