package dev.sealstream.domain;

/** A person's decision that cannot be: what about, what was found, what is allowed, what to do. */
public final class RefusedDecisionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String thing;
    private final String value;
    private final String allowed;
    private final String remedy;

    /** @param finding what is wrong with the value, such as {@code already the head} */
    public RefusedDecisionException(String thing, String value, String finding, String allowed, String remedy) {
        super(thing + " " + value + " is " + finding + "; allowed: " + allowed + "; " + remedy);
        this.thing = thing;
        this.value = value + ", " + finding;
        this.allowed = allowed;
        this.remedy = remedy;
    }

    public String thing() {
        return thing;
    }

    /** The value and what is wrong with it. */
    public String value() {
        return value;
    }

    public String allowed() {
        return allowed;
    }

    public String remedy() {
        return remedy;
    }
}
