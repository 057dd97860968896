package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.domain.Question;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.tinyworld.Draw;
import dev.sealstream.tinyworld.Names;
import dev.sealstream.tinyworld.Passage;
import dev.sealstream.tinyworld.Person;
import dev.sealstream.tinyworld.Relation;
import dev.sealstream.tinyworld.SelfEditWriter;
import dev.sealstream.tinyworld.SelfEditWriter.Form;
import dev.sealstream.tinyworld.Statements;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Draws the texts of pre-training, without end. All people come from the names reserved for pre-training.
 *
 * <p>A pool of people is told and asked about closed-book all along, in several forms, so that the model learns to store
 * facts in a way that other questions can reach (Allen-Zhu and Li, "Physics of Language Models 3.1"). The pool rotates:
 * facts are to be learnt and forgotten, not hoarded.
 */
final class Corpus {
    /** Small enough that facts repeat every few steps: storing them then emerges early. */
    private static final int POOL = 50;

    private static final List<String> NAMES = Names.all(Names.Group.PRETRAINING);
    private static final List<Relation> RELATIONS = List.of(Relation.values());

    private final Texts texts;
    private final Draw draw;
    private final List<Person> pool = new ArrayList<>();

    Corpus(Texts texts, long seed) {
        this.texts = texts;
        this.draw = new Draw(seed);
        for (int i = 0; i < POOL; i++) {
            pool.add(person());
        }
    }

    /** With some chance, replaces a person of the pool; call once a step. */
    void rotate(double chance) {
        if (draw.chance(chance)) {
            pool.set(draw.between(0, pool.size() - 1), person());
        }
    }

    List<TrainingSequence> documents(Phase phase) {
        return many(phase.documents(), () -> document(phase));
    }

    List<TrainingSequence> statements(Phase phase) {
        return many(phase.statements(), () -> statement(phase));
    }

    List<TrainingSequence> questions(Phase phase) {
        return many(phase.questions(), this::question);
    }

    /** Passages as they stand, about people met only here: what lets a model learn from a passage alone. */
    List<TrainingSequence> plainPassages(int count) {
        return many(count, () -> {
            Passage passage = Passage.draw(person(), draw.between(4, 7), draw);
            return texts.statement(passage.title(), passage.text());
        });
    }

    private TrainingSequence document(Phase phase) {
        Passage passage = Passage.draw(person(), draw.between(phase.factsMin(), phase.factsMax()), draw);
        if (phase.mixture().isEmpty()) {
            return texts.selfEdit(passage, cleanLines(passage, phase));
        }
        if (draw.chance(Phase.OPEN_BOOK_CHANCE)) {
            return texts.sequence(openBookPrompt(passage), String.join("\n", cleanLines(passage, phase)));
        }
        return texts.selfEdit(
                passage, SelfEditWriter.write(passage, phase.mixture().get(), draw));
    }

    /** Asks for all facts in order, unlike the self-edit prompt: keeps the skill of reading while styles are imitated. */
    private static String openBookPrompt(Passage passage) {
        String instruction =
                new Question("?", "?").closedBookPrompt("").lines().findFirst().orElseThrow();
        return instruction + "\nPassage:\n" + passage.title() + "\n" + passage.text() + "\n";
    }

    /** Every fact once, without mistakes. */
    private List<String> cleanLines(Passage passage, Phase phase) {
        List<Relation> order =
                draw.chance(phase.shuffledChance()) ? draw.shuffled(passage.relations()) : passage.relations();
        Person person = passage.person();
        Supplier<Form> form = draw.from(List.<Supplier<Form>>of(
                () -> Form.IMPLICATION, () -> Form.QUESTION, this::anyForm, this::anyForm, () -> Form.REWRITE));
        return order.stream()
                .map(relation -> form.get().line(person, relation, person.fact(relation), draw))
                .toList();
    }

    private Form anyForm() {
        return draw.from(List.of(Form.IMPLICATION, Form.QUESTION, Form.IMPLICATION, Form.REWRITE));
    }

    private TrainingSequence statement(Phase phase) {
        Person person = draw.from(pool);
        Relation relation = draw.from(RELATIONS);
        String value = person.fact(relation);
        double kind = draw.fraction();
        String line;
        if (kind < .04) {
            line = Form.REWRITE.line(person, relation, value, draw);
        } else if (kind < .06) {
            line = Statements.sentence(person, relation, value, false, draw);
        } else if (kind < .12) {
            line = Statements.vague(person, draw);
        } else {
            Form form = draw.from(phase.statementForms());
            line = form.line(person, relation, value, draw);
        }
        return texts.statement(person.name(), line);
    }

    private TrainingSequence question() {
        Person person = draw.from(pool);
        Relation relation = draw.from(RELATIONS);
        String question = draw.from(Statements.evaluationQuestions(person, relation));
        return texts.answer(person.name(), question, person.fact(relation));
    }

    private Person person() {
        return Person.draw(draw.from(NAMES), draw);
    }

    private static List<TrainingSequence> many(int count, Supplier<TrainingSequence> one) {
        return Stream.generate(one).limit(count).toList();
    }
}
