package dev.sealstream.domain;

/**
 * A question about a document and the answer that counts as right.
 *
 * @param topic what the question is about, where that is not the document's title: a corpus of many passages has many
 *     topics; null for the title
 */
public record Question(String question, String answer, String topic) {
    /** What an instruct model is told to do with a question; SEAL's words. */
    public static final String TASK = "You are an assistant to answer a question directly and concisely.";

    public Question {
        Require.nonBlank("question", question);
        if (answer == null || answer.isBlank()) {
            throw new IllegalArgumentException("question '" + Texts.shortened(question)
                    + "' has no answer; give every question the answer that counts as right");
        }
    }

    /** About the document's own title. */
    public Question(String question, String answer) {
        this(question, answer, null);
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
