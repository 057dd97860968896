package dev.sealstream.domain;

import java.util.List;

/**
 * A document that arrives: what it says, what is asked about it, and what it is for.
 *
 * @param dataId unique and stable; sending the same id again on the same policy version yields the same events
 * @param lineage the line of checkpoints the datum belongs to
 * @param source where the document comes from, for people; may be empty
 * @param questions what people ask about it; a datum to be learnt for good may come without, and is then asked what a model asks
 *     itself ({@link Question#labelFree})
 * @param groupSize self-edits to write for the datum, or null for as many as the proposer usually writes
 * @param repeats adapters to train for each of its self-edits, or null for as many as the update worker finds right
 */
public record NewData(
        String dataId,
        DataMode mode,
        PromptStyle promptStyle,
        String lineage,
        String title,
        String context,
        List<Question> questions,
        String source,
        Integer groupSize,
        Integer repeats) {

    public static final String MAIN_LINEAGE = "main";

    /** Longer than any context window in use; a longer document is better sent in parts. */
    public static final int CONTEXT_CHARACTERS_MAX = 200_000;

    /** Four times SEAL's largest group; a group trains at once, so its size is a matter of memory. */
    public static final int GROUP_SIZE_MAX = 64;

    /** Beyond this the mean over repeats hardly gains: its noise falls with the square root. */
    public static final int REPEATS_MAX = 64;

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
        questions = List.copyOf(questions);
        if (questions.isEmpty() && mode != DataMode.ADAPT) {
            throw new IllegalArgumentException("datum " + dataId + " of mode " + mode
                    + " has no questions; allowed: none for mode ADAPT alone, at least one otherwise");
        }
        source = source == null ? "" : source;
        requireAmount("groupSize", groupSize, GROUP_SIZE_MAX, dataId);
        requireAmount("repeats", repeats, REPEATS_MAX, dataId);
    }

    /** A datum whose group is measured as the services usually do. */
    public NewData(
            String dataId,
            DataMode mode,
            PromptStyle promptStyle,
            String lineage,
            String title,
            String context,
            List<Question> questions,
            String source) {
        this(dataId, mode, promptStyle, lineage, title, context, questions, source, null, null);
    }

    private static void requireAmount(String field, Integer value, int most, String dataId) {
        if (value != null && (value < 1 || value > most)) {
            throw new IllegalArgumentException(field + " of datum " + dataId + " is " + value + "; allowed: 1 to "
                    + most + ", or none for the services' own number");
        }
    }

    public NewData withDataId(String otherId) {
        return new NewData(otherId, mode, promptStyle, lineage, title, context, questions, source, groupSize, repeats);
    }

    /** The same datum with its group measured as said; null for the services' own numbers. */
    public NewData measured(Integer otherGroupSize, Integer otherRepeats) {
        return new NewData(
                dataId, mode, promptStyle, lineage, title, context, questions, source, otherGroupSize, otherRepeats);
    }

    public NewData withPromptStyle(PromptStyle otherStyle) {
        return new NewData(dataId, mode, otherStyle, lineage, title, context, questions, source, groupSize, repeats);
    }

    public NewData withQuestions(List<Question> otherQuestions) {
        return new NewData(
                dataId, mode, promptStyle, lineage, title, context, otherQuestions, source, groupSize, repeats);
    }

    /** Whether what is asked about it was written by a model, because people sent no question. */
    public boolean labelFree() {
        return questions.stream().anyMatch(Question::labelFree);
    }

    public String prompt() {
        return promptStyle.prompt(title, context);
    }
}
