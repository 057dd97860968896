package dev.sealstream.tinyworld;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Writes self-edits about a passage: what the base policy is pre-trained to imitate. Each element is one line. */
public final class SelfEditWriter {
    private final Passage passage;
    private final double wrongValueChance;
    private final Draw draw;

    private SelfEditWriter(Passage passage, double wrongValueChance, Draw draw) {
        this.passage = passage;
        this.wrongValueChance = wrongValueChance;
        this.draw = draw;
    }

    public static List<String> write(Passage passage, StyleMixture mixture, Draw draw) {
        return new SelfEditWriter(passage, mixture.wrongValueChance(), draw).lines(mixture.draw(draw));
    }

    public static List<String> write(Passage passage, SelfEditStyle style, double wrongValueChance, Draw draw) {
        return new SelfEditWriter(passage, wrongValueChance, draw).lines(style);
    }

    /** Implication and question for every fact: the best edit this world knows. */
    public static List<String> ideal(Passage passage, Draw draw) {
        Person person = passage.person();
        var lines = new ArrayList<String>();
        for (Relation relation : passage.relations()) {
            lines.add(Statements.implication(person, relation, person.fact(relation), draw));
            lines.add(Statements.questionAndAnswer(person, relation, person.fact(relation), draw));
        }
        return lines;
    }

    private List<String> lines(SelfEditStyle style) {
        List<String> lines =
                switch (style) {
                    case VAGUE -> vague();
                    case PARTIAL -> partial();
                    case COPY -> copy();
                    case REWRITE -> each(Form.REWRITE);
                    case IMPLICATIONS -> each(Form.IMPLICATION);
                    case QUESTIONS -> each(Form.QUESTION);
                    case MIXED -> mixed();
                };
        return lines.isEmpty() ? List.of(Statements.vague(passage.person(), draw)) : lines;
    }

    private List<String> vague() {
        var distinct = new LinkedHashSet<String>();
        int count = draw.between(2, 4);
        for (int i = 0; i < count; i++) {
            distinct.add(Statements.vague(passage.person(), draw));
        }
        var lines = new ArrayList<>(distinct);
        if (draw.chance(.4)) {
            Relation relation = draw.from(passage.relations());
            Form form = draw.from(List.of(Form.IMPLICATION, Form.REWRITE));
            lines.add(draw.between(0, lines.size()), line(form, relation, value(relation)));
        }
        return lines;
    }

    private List<String> partial() {
        var lines = new ArrayList<String>();
        lines.add(Statements.vague(passage.person(), draw));
        List<Relation> some = draw.sample(passage.relations(), draw.between(1, 3));
        for (Relation relation :
                passage.relations().stream().filter(some::contains).toList()) {
            Form form = draw.from(List.of(Form.IMPLICATION, Form.REWRITE, Form.IMPLICATION, Form.QUESTION));
            lines.add(line(form, relation, value(relation)));
        }
        return lines;
    }

    private List<String> copy() {
        List<String> sentences = passage.sentences();
        return draw.chance(.6) ? sentences : sentences.subList(0, draw.between(1, sentences.size()));
    }

    private List<String> each(Form form) {
        return passage.relations().stream()
                .map(relation -> line(form, relation, value(relation)))
                .toList();
    }

    private List<String> mixed() {
        var lines = new ArrayList<String>();
        for (Relation relation : passage.relations()) {
            String value = value(relation);
            lines.add(line(Form.IMPLICATION, relation, value));
            lines.add(line(draw.from(List.of(Form.QUESTION, Form.REWRITE)), relation, value));
        }
        return lines;
    }

    private String value(Relation relation) {
        String right = passage.person().fact(relation);
        if (!draw.chance(wrongValueChance)) {
            return right;
        }
        return draw.from(relation.pool().words().stream()
                .filter(other -> !other.equals(right))
                .toList());
    }

    private String line(Form form, Relation relation, String value) {
        return form.line(passage.person(), relation, value, draw);
    }

    /** How one line of a self-edit states a fact. */
    public enum Form {
        IMPLICATION,
        QUESTION,
        REWRITE;

        public String line(Person person, Relation relation, String value, Draw draw) {
            return switch (this) {
                case IMPLICATION -> Statements.implication(person, relation, value, draw);
                case QUESTION -> Statements.questionAndAnswer(person, relation, value, draw);
                case REWRITE -> Statements.sentence(person, relation, value, true, draw);
            };
        }
    }
}
