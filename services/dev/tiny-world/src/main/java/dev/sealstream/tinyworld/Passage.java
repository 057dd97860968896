package dev.sealstream.tinyworld;

import java.util.ArrayList;
import java.util.List;

/** Some facts of one person as running text: the document a model is to learn from. */
public record Passage(Person person, List<Relation> relations, List<String> sentences) {
    static final List<String> OPENINGS = List.of("{name} is a well known person.", "{name} is a person of the north.");

    private static final double OPENING_CHANCE = .7;
    private static final double NAMED_CHANCE = .3;

    public Passage {
        relations = List.copyOf(relations);
        sentences = List.copyOf(sentences);
    }

    /** A passage of {@code facts} facts in random order; about a third of the sentences name the person. */
    public static Passage draw(Person person, int facts, Draw draw) {
        List<Relation> relations = draw.sample(List.of(Relation.values()), facts);
        var sentences = new ArrayList<String>();
        if (draw.chance(OPENING_CHANCE)) {
            sentences.add(draw.from(OPENINGS).replace("{name}", person.name()));
        }
        for (Relation relation : relations) {
            boolean named = sentences.isEmpty() || draw.chance(NAMED_CHANCE);
            sentences.add(Statements.sentence(person, relation, person.fact(relation), named, draw));
        }
        return new Passage(person, relations, sentences);
    }

    public String title() {
        return person.name();
    }

    public String text() {
        return String.join(" ", sentences);
    }
}
