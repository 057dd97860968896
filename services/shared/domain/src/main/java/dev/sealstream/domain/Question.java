package dev.sealstream.domain;

/** A question about a document and the answer that counts as right. */
public record Question(String question, String answer) {
    public Question {
        Require.nonBlank("question", question);
        if (answer == null || answer.isBlank()) {
            throw new IllegalArgumentException("question '" + Texts.shortened(question)
                    + "' has no answer; give every question the answer that counts as right");
        }
    }

    /** The closed-book prompt: the title names the topic, the passage itself is not shown. */
    public String closedBookPrompt(String title) {
        return "Let's answer a question directly and concisely.\nQuestion: Topic: " + title + "\n" + question
                + "\nAnswer:\n";
    }
}
