package dev.sealstream.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.domain.NewData;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a person's decision from a request and collects all that is wrong with it. Used once. */
final class PersonForm {
    private static final String BY = "by";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();
    private final JsonNode node;

    PersonForm(String body) {
        node = read(body);
    }

    /** What was wrong with the fields read so far, and fields nobody read; ask last. */
    List<Problem> problems() {
        var all = new ArrayList<>(problems);
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                all.add(new Problem(
                        field,
                        node.path(field).toString(),
                        String.join(", ", known),
                        "rename the field or leave it out"));
            }
        });
        return all;
    }

    String lineage() {
        known.add("lineage");
        return node.hasNonNull("lineage")
                ? text("lineage", "name a lineage, or leave it out to have main")
                : NewData.MAIN_LINEAGE;
    }

    String text(String field, String remedy) {
        known.add(field);
        var value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            problems.add(new Problem(field, found(value), "text that is not empty", remedy));
            return "";
        }
        return value.textValue().strip();
    }

    /**
     * Who decides.
     *
     * @param signedIn who proved to be so; nobody decides in another's name. Empty where nobody has to
     */
    String by(Optional<String> signedIn) {
        known.add(BY);
        if (signedIn.isEmpty() || node.hasNonNull(BY)) {
            String by = text(BY, "say who decides; the lineage keeps it for ever");
            if (signedIn.isEmpty() || by.isEmpty() || by.equals(signedIn.get())) {
                return by;
            }
            problems.add(new Problem(BY, by, signedIn.get(), "leave it out, or send the token of who decides"));
        }
        return signedIn.get();
    }

    boolean yesOrNo(String field, String remedy) {
        known.add(field);
        var value = node.path(field);
        if (!value.isBoolean()) {
            problems.add(new Problem(field, found(value), "true or false", remedy));
        }
        return value.booleanValue();
    }

    long version(String field, String remedy) {
        known.add(field);
        var value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            problems.add(new Problem(field, found(value), "a whole number, 0 or more", remedy));
        }
        return value.longValue();
    }

    private JsonNode read(String body) {
        try {
            var root = JSON.readTree(body);
            if (root.isObject()) {
                return root;
            }
            problems.add(new Problem("body", body, "a JSON object", "send {\"reason\": \"…\", \"by\": \"…\", …}"));
        } catch (JsonProcessingException e) {
            problems.add(new Problem("body", body, "a JSON object", e.getOriginalMessage()));
        }
        return JSON.createObjectNode();
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
