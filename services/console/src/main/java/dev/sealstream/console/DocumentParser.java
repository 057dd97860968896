package dev.sealstream.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.domain.Sha256;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one document of a request and collects all that is wrong with it. Used once. */
final class DocumentParser {
    private static final Set<String> FIELDS = Set.of(
            "dataId",
            "mode",
            "promptStyle",
            "lineage",
            "title",
            "context",
            "questions",
            "source",
            "groupSize",
            "repeats");
    private static final Set<String> QUESTION_FIELDS = Set.of("question", "answer");
    private static final int ID_DIGITS = 16;

    private final String path;
    private final JsonNode node;
    private final List<Problem> problems = new ArrayList<>();

    /** @param path names the document in problems */
    DocumentParser(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The document; empty when it has problems. */
    Optional<NewData> parse() {
        if (!node.isObject()) {
            problem(path, node.toString(), "a JSON object", "send {\"title\": …, \"context\": …, \"questions\": […]}");
            return Optional.empty();
        }
        requireKnownFields(path, node, FIELDS);
        var mode = oneOf("mode", DataMode.class, DataMode.TRAIN);
        var style = oneOf("promptStyle", PromptStyle.class, PromptStyle.IMPLICATIONS);
        String lineage = optionalText("lineage", NewData.MAIN_LINEAGE);
        String title =
                text(path, node, "title", "name what the document is about; questions are asked under this title");
        String context = text(path, node, "context", "send the text of the document");
        requireShort(context);
        var questions = questions(mode);
        String source = node.path("source").asText("");
        Integer groupSize = optionalAmount("groupSize", NewData.GROUP_SIZE_MAX);
        Integer repeats = optionalAmount("repeats", NewData.REPEATS_MAX);
        String id = node.hasNonNull("dataId") ? dataId() : null;
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        var anonymous = new NewData("-", mode, style, lineage, title, context, questions, source, groupSize, repeats);
        return Optional.of(id == null ? anonymous.withDataId(derivedId(anonymous)) : anonymous.withDataId(id));
    }

    /** The same document always gets the same id, so sending it twice does no harm. */
    private static String derivedId(NewData datum) {
        var content = new ArrayList<>(List.of(
                datum.mode().name(), datum.promptStyle().name(), datum.lineage(), datum.title(), datum.context()));
        datum.questions().forEach(question -> content.addAll(List.of(question.question(), question.answer())));
        if (datum.groupSize() != null || datum.repeats() != null) {
            // Another number of self-edits is another group, which an id names only once.
            content.addAll(List.of("groupSize " + datum.groupSize(), "repeats " + datum.repeats()));
        }
        // With lengths, so that no two different documents run together to the same text.
        String text = content.stream().map(part -> part.length() + ":" + part).collect(Collectors.joining("\n"));
        return "doc-" + Sha256.hex(text).substring(0, ID_DIGITS);
    }

    private String dataId() {
        String id = text(path, node, "dataId", "leave it out to have it derived from the content");
        if (id.indexOf('@') >= 0 || id.indexOf('#') >= 0) {
            problem(
                    path + ".dataId",
                    id,
                    "text without '@' and '#', which separate the parts of derived ids",
                    "use another id, or leave it out to have it derived from the content");
        }
        return id;
    }

    private void requireShort(String context) {
        if (context.length() > NewData.CONTEXT_CHARACTERS_MAX) {
            problem(
                    path + ".context",
                    context.length() + " characters",
                    "at most " + NewData.CONTEXT_CHARACTERS_MAX + " characters",
                    "send the document in parts");
        }
    }

    /** What is to be learnt for good may come without questions; the model then asks itself some. */
    private List<Question> questions(DataMode mode) {
        var list = node.path("questions");
        String name = path + ".questions";
        boolean none = !node.hasNonNull("questions") || list.isArray() && list.isEmpty();
        if (none && mode == DataMode.ADAPT) {
            return List.of();
        }
        if (none || !list.isArray()) {
            problem(
                    name,
                    found(list),
                    "a list of at least one {\"question\": …, \"answer\": …}",
                    "add a question that the document answers; rewards are measured by questions, and only mode ADAPT does"
                            + " without");
            return List.of();
        }
        var questions = new ArrayList<Question>();
        for (int i = 0; i < list.size(); i++) {
            question(name + "[" + i + "]", list.get(i)).ifPresent(questions::add);
        }
        return questions;
    }

    private Optional<Question> question(String name, JsonNode entry) {
        if (!entry.isObject()) {
            problem(name, entry.toString(), "{\"question\": …, \"answer\": …}", "send an object with both texts");
            return Optional.empty();
        }
        int before = problems.size();
        requireKnownFields(name, entry, QUESTION_FIELDS);
        String question = text(name, entry, "question", "write the question as a person would ask it");
        String answer = text(name, entry, "answer", "give the answer that counts as right");
        return problems.size() > before ? Optional.empty() : Optional.of(new Question(question, answer));
    }

    private String text(String owner, JsonNode parent, String field, String remedy) {
        var value = parent.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            problem(owner + "." + field, found(value), "text with at least one visible character", remedy);
            return "";
        }
        return value.asText();
    }

    private String optionalText(String field, String fallback) {
        return node.hasNonNull(field) ? text(path, node, field, "leave it out to have " + fallback) : fallback;
    }

    private Integer optionalAmount(String field, int most) {
        if (!node.hasNonNull(field)) {
            return null;
        }
        var value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
            problem(
                    path + "." + field,
                    found(value),
                    "a whole number from 1 to " + most,
                    "use one of these, or leave it out to have the services' own number");
            return null;
        }
        return value.intValue();
    }

    private <T extends Enum<T>> T oneOf(String field, Class<T> type, T fallback) {
        if (!node.hasNonNull(field)) {
            return fallback;
        }
        var values = List.of(type.getEnumConstants());
        String found = node.path(field).asText();
        return values.stream()
                .filter(value -> value.name().equals(found))
                .findFirst()
                .orElseGet(() -> {
                    problem(
                            path + "." + field,
                            found(node.path(field)),
                            values.stream().map(Enum::name).collect(Collectors.joining(", ")),
                            "use one of these, or leave it out to have " + fallback);
                    return fallback;
                });
    }

    private void requireKnownFields(String owner, JsonNode parent, Set<String> known) {
        parent.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                String allowed = known.stream().sorted().collect(Collectors.joining(", "));
                problem(owner + "." + field, found(parent.path(field)), allowed, "rename the field or leave it out");
            }
        });
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }

    private void problem(String thing, String value, String allowed, String remedy) {
        problems.add(new Problem(thing, value, allowed, remedy));
    }
}
