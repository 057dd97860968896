package dev.sealstream.tinyworld;

import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;

import java.util.List;

/**
 * A passage about a person the model has never seen, with the questions asked about it.
 *
 * @param id stable: seed, mode and running number
 * @param idealEdit implication and question for every fact of the passage: an upper bound to compare self-edits with
 */
public record TinyWorldDocument(
        String id, DataMode mode, Passage passage, List<Question> questions, List<String> idealEdit) {
    public TinyWorldDocument {
        questions = List.copyOf(questions);
        idealEdit = List.copyOf(idealEdit);
    }

    public String title() {
        return passage.title();
    }

    public String context() {
        return passage.text();
    }

    /** The document as it is sent to the loop. */
    public NewData newData() {
        return new NewData(
                id, mode, PromptStyle.IMPLICATIONS, NewData.MAIN_LINEAGE, title(), context(), questions, "tiny-world");
    }
}
