package dev.sealstream.tinyworld;

/** How a self-edit goes about its passage; what the base policy mixes and reinforcement learning has to tell apart. */
public enum SelfEditStyle {
    /** Two to four empty phrases, sometimes one fact. */
    VAGUE,
    /** One to three facts only. */
    PARTIAL,
    /** Sentences of the passage as they stand. */
    COPY,
    /** Sentences of the passage's kind, each naming the person. */
    REWRITE,
    /** Every fact in other words. */
    IMPLICATIONS,
    /** Every fact as question and answer. */
    QUESTIONS,
    /** Every fact in one or two forms. */
    MIXED
}
