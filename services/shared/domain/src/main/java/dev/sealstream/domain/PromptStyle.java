package dev.sealstream.domain;

/**
 * How the policy is asked for a self-edit. The wordings for base models are those of SEAL's code (arXiv 2506.10943, appendix
 * on prompting). For instruct models SEAL has one, for implications; the others say the same in its frame.
 */
public enum PromptStyle {
    IMPLICATIONS(
            "produce a list of implications derived directly or indirectly from the content.",
            "producing a list of implications derived directly or indirectly from the content.",
            "Implications:\n"),
    IMPLICATIONS_LONG(
            "produce a long list of implications derived directly or indirectly from the content.",
            "producing a long list of implications derived directly or indirectly from the content.",
            "Implications:\n"),
    IMPLICATIONS_VERY_LONG(
            "produce a very long list of implications derived directly or indirectly from the content.",
            "producing a very long list of implications derived directly or indirectly from the content.",
            "Implications:\n"),
    REWRITE(
            "rewrite it in a few different ways, each one separated by a newline.",
            "rewriting it in a few different ways, each one separated by a newline.",
            "Rewritten passages:\n"),
    /** The blank at the end is SEAL's. */
    SELF_QA("rewrite it in a question-answer format.", "rewriting it in a question-answer format.", "Question 1: ");

    private final String instruction;
    private final String doing;
    private final String opening;

    PromptStyle(String instruction, String doing, String opening) {
        this.instruction = instruction;
        this.doing = doing;
        this.opening = opening;
    }

    /** The whole prompt for a passage; the completion that follows it is the self-edit. */
    public String prompt(String title, String context) {
        return "Let's read the following passage and " + instruction + "\n\nPassage:\n" + title + "\n" + context
                + "\n\n" + opening;
    }

    /** The system's turn for an instruct model; the user's is the title, a newline and the passage. */
    public String task() {
        return "You are an assistant tasked with analyzing the provided passage and " + doing;
    }
}
