package dev.sealstream.domain;

/**
 * A question about a document and the answer that counts as right.
 *
 * @param topic what the question is about, where that is not the document's title: a corpus of many passages has many
 *     topics; null for the title
 * @param voteShare share of a model's own answers that agreed on this one, where it wrote question and answer itself because
 *     people sent none; null for a question that people sent
 */
public record Question(String question, String answer, String topic, Double voteShare) {
    /** What an instruct model is told to do with a question; SEAL's words. */
    public static final String TASK = "You are an assistant to answer a question directly and concisely.";

    public Question {
        Require.nonBlank("question", question);
        if (answer == null || answer.isBlank()) {
            throw new IllegalArgumentException("question '" + Texts.shortened(question)
                    + "' has no answer; give every question the answer that counts as right");
        }
        if (voteShare != null) {
            Require.unitInterval("voteShare of question '" + Texts.shortened(question) + "'", voteShare);
        }
    }

    /** A question that people sent. */
    public Question(String question, String answer, String topic) {
        this(question, answer, topic, null);
    }

    /** About the document's own title. */
    public Question(String question, String answer) {
        this(question, answer, null);
    }

    /** A question that a model asked itself, with the answer that most of its answers gave. */
    public static Question labelFree(String question, MajorityVote vote) {
        return new Question(question, vote.answer(), null, vote.share());
    }

    /** Whether no person vouches for the answer. */
    public boolean labelFree() {
        return voteShare != null;
    }

    /** The closed-book prompt: the title names the topic, the passage itself is not shown. */
    public String closedBookPrompt(String title) {
        return "Let's answer a question directly and concisely.\nQuestion: " + aboutTopic(title) + "\nAnswer:\n";
    }

    /** The question with its topic before it, as SEAL asks. */
    public String aboutTopic(String title) {
        return "Topic: " + (topic == null ? title : topic) + "\n" + question;
    }
}
