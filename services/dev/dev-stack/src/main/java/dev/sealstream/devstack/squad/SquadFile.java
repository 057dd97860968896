package dev.sealstream.devstack.squad;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.devstack.process.StackException;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A JSON file of documents: a list of {@code {"title", "context", "questions": [{"question", "answer"}]}}, or one such
 * object. Other fields are ignored. Documents of mode {@code ADAPT} may have no questions.
 *
 * <p>A datum's id is derived from its title, context and mode: sending the same file twice sends the same data twice,
 * which the loop recognises.
 */
public final class SquadFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SquadFile() {}

    /**
     * Reads all documents of a file.
     *
     * @throws StackException naming file, document and field when something is missing or not as expected
     */
    public static List<NewData> read(Path file, DataMode mode, String lineage) {
        JsonNode root = parse(file);
        List<JsonNode> elements = new ArrayList<>();
        if (root.isArray()) {
            root.forEach(elements::add);
        } else {
            elements.add(root);
        }
        if (elements.isEmpty()) {
            throw new StackException(file + " holds no documents; a list of at least one is needed");
        }
        List<NewData> documents = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            Fields fields = new Fields(file + ": document " + (i + 1), elements.get(i));
            NewData document = document(fields, file, mode, lineage);
            if (!ids.add(document.dataId())) {
                throw fields.fault("is the same as an earlier one of this file; remove it");
            }
            documents.add(document);
        }
        return List.copyOf(documents);
    }

    private static NewData document(Fields fields, Path file, DataMode mode, String lineage) {
        String title = fields.text("title");
        String context = fields.text("context");
        List<Question> questions = new ArrayList<>();
        // What is to be learnt for good may come without questions; the model then asks itself some.
        List<Fields> asked =
                mode == DataMode.ADAPT && fields.hasNone("questions") ? List.of() : fields.list("questions");
        for (Fields question : asked) {
            questions.add(new Question(question.text("question"), question.text("answer")));
        }
        try {
            return new NewData(
                    DocumentId.of(title, context, mode),
                    mode,
                    PromptStyle.IMPLICATIONS,
                    lineage,
                    title,
                    context,
                    questions,
                    file.getFileName().toString());
        } catch (IllegalArgumentException refused) {
            throw fields.fault("is refused: " + refused.getMessage());
        }
    }

    private static JsonNode parse(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
            if (root.isMissingNode()) {
                throw new StackException(file + " is empty");
            }
            return root;
        } catch (JsonProcessingException malformed) {
            var at = malformed.getLocation();
            throw new StackException(file + " is not JSON: line " + at.getLineNr() + ", column " + at.getColumnNr()
                    + ", " + malformed.getOriginalMessage());
        } catch (NoSuchFileException missing) {
            throw new StackException("there is no file " + file);
        } catch (IOException unreadable) {
            throw new StackException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
