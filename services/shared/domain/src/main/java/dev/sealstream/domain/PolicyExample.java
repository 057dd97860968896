package dev.sealstream.domain;

/** One supervised example for the policy: write this completion for this prompt. */
public record PolicyExample(String prompt, GroupMember member) {
    public PolicyExample {
        Require.nonBlank("prompt", prompt);
        Require.present("member", member);
    }

    public String completion() {
        return member.selfEdit().completion();
    }
}
