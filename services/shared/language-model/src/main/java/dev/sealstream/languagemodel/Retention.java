package dev.sealstream.languagemodel;

/** How adapters of a call are kept from overwriting what the model knows; the same for all of them. */
public record Retention(Rehearsal rehearsal, Penalties penalties) {
    public static final Retention NONE = new Retention(Rehearsal.NONE, Penalties.NONE);
}
