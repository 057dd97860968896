package dev.sealstream.domain;

import java.util.List;

/**
 * A document that arrives: what it says, what is asked about it, and what it is for.
 *
 * @param dataId unique and stable; sending the same id again on the same policy version yields the same events
 * @param lineage the line of checkpoints the datum belongs to
 * @param source where the document comes from, for people; may be empty
 */
public record NewData(
        String dataId,
        DataMode mode,
        PromptStyle promptStyle,
        String lineage,
        String title,
        String context,
        List<Question> questions,
        String source) {

    public static final String MAIN_LINEAGE = "main";

    /** Longer than any context window in use; a longer document is better sent in parts. */
    public static final int CONTEXT_CHARACTERS_MAX = 200_000;

    public NewData {
        Require.nonBlank("dataId", dataId);
        if (dataId.indexOf('@') >= 0 || dataId.indexOf('#') >= 0) {
            throw new IllegalArgumentException(
                    "dataId '" + dataId
                            + "' contains '@' or '#'; allowed: any other characters, since derived ids use these as separators");
        }
        Require.present("mode", mode);
        Require.present("promptStyle", promptStyle);
        Require.nonBlank("lineage", lineage);
        Require.nonBlank("title", title);
        Require.nonBlank("context", context);
        if (context.length() > CONTEXT_CHARACTERS_MAX) {
            throw new IllegalArgumentException("context of datum " + dataId + " has " + context.length()
                    + " characters, allowed: at most " + CONTEXT_CHARACTERS_MAX + "; send the document in parts");
        }
        questions = Require.nonEmpty("questions of datum " + dataId, questions);
        source = source == null ? "" : source;
    }

    public String prompt() {
        return promptStyle.prompt(title, context);
    }
}
