package dev.sealstream.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.domain.NewData;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A request to learn: one document or a list of them, as JSON. Either every document is good or all that is wrong is
 * listed at once, so that nobody sends a request again for each mistake.
 *
 * @param documents what was asked for; empty when there are problems
 */
record NewDataForm(List<NewData> documents, List<Problem> problems) {
    private static final ObjectMapper JSON = new ObjectMapper();

    NewDataForm {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    static NewDataForm parse(String body, int documentsMax) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            return refused(new Problem(
                    "body", body, "JSON: one document or a list of documents", e.getOriginalMessage() + where));
        }
        if (!root.isObject() && !root.isArray()) {
            return refused(new Problem(
                    "body",
                    body,
                    "one document as a JSON object, or a list of them",
                    "send {\"title\": …, \"context\": …, \"questions\": […]}"));
        }
        return root.isArray() ? list(root, documentsMax) : of(List.of(root), "document");
    }

    private static NewDataForm list(JsonNode root, int documentsMax) {
        if (root.isEmpty() || root.size() > documentsMax) {
            return refused(new Problem(
                    "body",
                    "a list of " + root.size() + " documents",
                    "1 to " + documentsMax + " documents",
                    "send the documents in several requests, or raise seal.console.documents-max"));
        }
        var nodes = new ArrayList<JsonNode>();
        root.forEach(nodes::add);
        return of(nodes, "documents");
    }

    private static NewDataForm of(List<JsonNode> nodes, String name) {
        var documents = new ArrayList<NewData>();
        var problems = new ArrayList<Problem>();
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            String path = name.equals("documents") ? "documents[" + i + "]" : name;
            var parser = new DocumentParser(path, nodes.get(i));
            parser.parse().ifPresent(documents::add);
            problems.addAll(parser.problems());
        }
        for (var document : documents) {
            if (!ids.add(document.dataId())) {
                problems.add(new Problem(
                        name,
                        "dataId " + document.dataId() + " twice",
                        "every document once",
                        "drop the repeated document or give it a dataId of its own"));
            }
        }
        return problems.isEmpty() ? new NewDataForm(documents, List.of()) : new NewDataForm(List.of(), problems);
    }

    private static NewDataForm refused(Problem problem) {
        return new NewDataForm(List.of(), List.of(problem));
    }
}
