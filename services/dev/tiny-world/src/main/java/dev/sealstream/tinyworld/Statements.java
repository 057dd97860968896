package dev.sealstream.tinyworld;

import java.util.List;

/** Puts one fact into words, in each of the forms the world knows. */
public final class Statements {
    /** Lines that are true of anybody: what a self-edit says when it says nothing. */
    static final List<String> VAGUE = List.of(
            "{name} is described in this passage.",
            "The passage tells us about {name}.",
            "{name} is a person.",
            "Many people know about {name}.",
            "There is a lot to say about {name}.",
            "Not every person is like {name}.",
            "{name} is interesting.",
            "The story of {name} is worth reading.");

    private Statements() {}

    /** A sentence as it stands in a passage. */
    public static String sentence(Person person, Relation relation, String value, boolean named, Draw draw) {
        return draw.from(relation.passageForms())
                .replace("{Subject}", named ? person.name() : person.pronoun().subject)
                .replace("{Possessive}", named ? person.name() + "'s" : person.pronoun().possessive)
                .replace("{value}", value);
    }

    public static String implication(Person person, Relation relation, String value, Draw draw) {
        return filled(draw.from(relation.implicationForms()), person, value);
    }

    /** Question and answer in one line, so that splitting a self-edit into lines keeps them together. */
    public static String questionAndAnswer(Person person, Relation relation, String value, Draw draw) {
        return filled("Question: " + draw.from(relation.editQuestionForms()) + " Answer: {value}", person, value);
    }

    public static String vague(Person person, Draw draw) {
        return filled(draw.from(VAGUE), person, "");
    }

    /** The questions the evaluator asks about one fact. */
    public static List<String> evaluationQuestions(Person person, Relation relation) {
        return relation.evaluationQuestionForms().stream()
                .map(form -> filled(form, person, ""))
                .toList();
    }

    private static String filled(String form, Person person, String value) {
        return form.replace("{name}", person.name()).replace("{value}", value);
    }
}
