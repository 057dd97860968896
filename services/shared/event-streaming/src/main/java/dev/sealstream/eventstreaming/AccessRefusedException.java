package dev.sealstream.eventstreaming;

/**
 * Broker or registry do not let a client in, or not do what it must. Waiting mends nothing: somebody has to grant or set something.
 * The message says who, what and the remedy, and no secret.
 */
public final class AccessRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String finding;
    private final String remedy;

    AccessRefusedException(String finding, String remedy, Throwable cause) {
        super(finding + "; " + remedy, cause);
        this.finding = finding;
        this.remedy = remedy;
    }

    /** Who is refused what. */
    public String finding() {
        return finding;
    }

    public String remedy() {
        return remedy;
    }
}
