package dev.sealstream.devstack.demo;

/** What a round waits for, and which service works on it. */
public enum RoundPhase {
    PROPOSING("the model writes its first self-edits", "self-edit-proposer"),
    ROLLOUTS("self-edits are learnt and examined", "update-worker"),
    TRAINING("the policy learns from the best self-edits", "policy-trainer"),
    MEASURING("the candidate is measured on held-out documents", "evaluator"),
    DECIDING("the gate decides", "checkpoint-gate"),
    DECIDED("decided", "checkpoint-gate");

    private final String inWords;
    private final String service;

    RoundPhase(String inWords, String service) {
        this.inWords = inWords;
        this.service = service;
    }

    public String inWords() {
        return inWords;
    }

    /** Whose log tells why it does not go on. */
    public String service() {
        return service;
    }
}
