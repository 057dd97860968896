package dev.sealstream.domain;

/** How the policy is asked for a self-edit; the wordings are SEAL's (arXiv 2506.10943, appendix on prompting). */
public enum PromptStyle {
    IMPLICATIONS("produce a list of implications derived directly or indirectly from the content.", "Implications:\n"),
    IMPLICATIONS_LONG(
            "produce a long list of implications derived directly or indirectly from the content.", "Implications:\n"),
    IMPLICATIONS_VERY_LONG(
            "produce a very long list of implications derived directly or indirectly from the content.",
            "Implications:\n"),
    REWRITE("rewrite it in a few different ways, each one separated by a newline.", "Rewritten passages:\n"),
    SELF_QA("rewrite it in a question-answer format.", "Question 1:");

    private final String instruction;
    private final String opening;

    PromptStyle(String instruction, String opening) {
        this.instruction = instruction;
        this.opening = opening;
    }

    /** The whole prompt for a passage; the completion that follows it is the self-edit. */
    public String prompt(String title, String context) {
        return "Let's read the following passage and " + instruction + "\n\nPassage:\n" + title + "\n" + context
                + "\n\n" + opening;
    }
}
