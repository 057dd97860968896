package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code docker-compose.yml}, anchors and merges resolved. */
final class Compose {
    private static final String OWN_IMAGES = "sealstream/";

    private final JsonNode tree;

    private Compose(JsonNode tree) {
        this.tree = tree;
    }

    static Compose read() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Map<String, Object> loaded = new Yaml(options).load(Repository.text("docker-compose.yml"));
        return new Compose(new ObjectMapper().valueToTree(loaded));
    }

    JsonNode tree() {
        return tree;
    }

    JsonNode service(String name) {
        return tree.path("services").path(name);
    }

    /** Containers that run one of our services, by their names; provisioning is none. */
    Map<String, JsonNode> ours() {
        return tree.path("services").properties().stream()
                .filter(entry -> entry.getValue().path("image").asText().startsWith(OWN_IMAGES))
                .filter(entry -> !entry.getKey().equals("provision"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Which service's code a container runs. */
    static String module(JsonNode container) {
        return container.at("/build/args/SERVICE").asText();
    }

    static Map<String, String> environment(JsonNode container) {
        return container.path("environment").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
