package dev.sealstream.tinyworld;

import java.util.EnumMap;
import java.util.Map;

/** A person with one value for every relation. Facts are drawn at random: nothing about a person follows from another. */
public record Person(String name, Pronoun pronoun, Map<Relation, String> facts) {
    /** How a passage refers to a person it does not name again. */
    public enum Pronoun {
        HE("He", "His"),
        SHE("She", "Her");

        final String subject;
        final String possessive;

        Pronoun(String subject, String possessive) {
            this.subject = subject;
            this.possessive = possessive;
        }
    }

    public Person {
        if (facts.size() != Relation.values().length) {
            throw new IllegalArgumentException("person " + name + " has " + facts.size()
                    + " facts, needs one for each of " + Relation.values().length + " relations");
        }
        facts = Map.copyOf(facts);
    }

    public static Person draw(String name, Draw draw) {
        var facts = new EnumMap<Relation, String>(Relation.class);
        for (Relation relation : Relation.values()) {
            facts.put(relation, draw.from(relation.pool().words()));
        }
        return new Person(name, draw.chance(.5) ? Pronoun.HE : Pronoun.SHE, facts);
    }

    public String fact(Relation relation) {
        return facts.get(relation);
    }
}
