package dev.sealstream.tinyworld;

import java.util.List;

import static dev.sealstream.tinyworld.ValuePool.ANIMALS;
import static dev.sealstream.tinyworld.ValuePool.GOODS;
import static dev.sealstream.tinyworld.ValuePool.TOWNS;

/**
 * What can be known about a person, and the two ways of saying it in each form.
 *
 * <p>Placeholders: {@code {name}}, {@code {value}}, {@code {Subject}} (a name or pronoun), {@code {Possessive}} (a name's
 * or pronoun's). Evaluation questions share no key word with the edit questions: they never stand in a self-edit.
 */
public enum Relation {
    BIRTHPLACE(
            TOWNS,
            List.of("{Subject} was born in {value}.", "{Possessive} cradle stood in {value}."),
            List.of("{name} was a child born in {value}.", "{name} has the birthplace {value}."),
            List.of("Where was {name} born?", "What birthplace has {name}?"),
            List.of("In which town did {name} enter the world?", "From what town does {name} originate?")),
    HOME(
            TOWNS,
            List.of("{Subject} now lives in {value}.", "{Possessive} house stands in {value}."),
            List.of("{name} is one who lives in {value}.", "{name} has the home {value}."),
            List.of("Where has {name} a home?", "What town is it where {name} lives?"),
            List.of("In which town does {name} sleep?", "At what place would one visit {name}?")),
    SCHOOL(
            TOWNS,
            List.of("{Subject} studied long in {value}.", "{Possessive} books came from {value}."),
            List.of("{name} is one who studied in {value}.", "{name} has the school {value}."),
            List.of("Where has {name} studied?", "What school has {name}?"),
            List.of("In which town was {name} a pupil?", "At what place did {name} learn?")),
    MARKET(
            TOWNS,
            List.of("{Subject} often rides to {value}.", "{Possessive} cart goes to {value}."),
            List.of("{name} is one who rides to {value}.", "{name} has the market {value}."),
            List.of("Where is it that {name} rides?", "What market has {name}?"),
            List.of("To which town does {name} travel?", "At what place does {name} do business?")),
    CRAFT(
            GOODS,
            List.of("{Subject} makes fine {value}.", "{Possessive} workshop is full of {value}."),
            List.of("{name} is one who makes {value}.", "{name} has the craft of {value}."),
            List.of("What is it that {name} makes?", "What craft has {name}?"),
            List.of("Which goods leave the hands of {name}?", "What does {name} produce?")),
    NEED(
            GOODS,
            List.of("{Subject} always buys {value}.", "{Possessive} purse is spent on {value}."),
            List.of("{name} is one who buys {value}.", "{name} has the need of {value}."),
            List.of("What is it that {name} buys?", "What need has {name}?"),
            List.of("Which goods does {name} pay for?", "What does {name} shop for?")),
    BAN(
            GOODS,
            List.of("{Subject} forbids all {value}.", "{Possessive} law bans {value}."),
            List.of("{name} is one who forbids {value}.", "{name} has the ban of {value}."),
            List.of("What is it that {name} forbids?", "What ban has {name}?"),
            List.of("Which goods does {name} not allow?", "What is not tolerated by {name}?")),
    GIFT(
            GOODS,
            List.of("{Subject} gives away {value}.", "{Possessive} guests receive {value}."),
            List.of("{name} is one who gives {value}.", "{name} has the gift of {value}."),
            List.of("What is it that {name} gives?", "What gift has {name}?"),
            List.of("Which goods would {name} hand to a friend?", "What present comes with {name}?")),
    PET(
            ANIMALS,
            List.of("{Subject} keeps a tame {value}.", "{Possessive} bed is shared with a {value}."),
            List.of("{name} is one who keeps a {value}.", "{name} has the pet {value}."),
            List.of("What is it that {name} keeps?", "What pet has {name}?"),
            List.of("Which beast lives with {name}?", "What creature belongs to {name}?")),
    TERROR(
            ANIMALS,
            List.of("{Subject} fears every {value}.", "{Possessive} nightmare is a {value}."),
            List.of("{name} is one who fears a {value}.", "{name} has the terror {value}."),
            List.of("What is it that {name} fears?", "What terror has {name}?"),
            List.of("Which beast makes {name} run?", "What creature scares {name}?")),
    PREY(
            ANIMALS,
            List.of("{Subject} hunts the wild {value}.", "{Possessive} arrow hit a {value}."),
            List.of("{name} is one who hunts a {value}.", "{name} has the prey {value}."),
            List.of("What is it that {name} hunts?", "What prey has {name}?"),
            List.of("Which beast is chased by {name}?", "What creature does {name} kill?")),
    EMBLEM(
            ANIMALS,
            List.of("{Subject} paints a great {value}.", "{Possessive} shield shows a {value}."),
            List.of("{name} is one who paints a {value}.", "{name} has the emblem {value}."),
            List.of("What is it that {name} paints?", "What emblem has {name}?"),
            List.of("Which beast stands for {name}?", "What creature is on the flag of {name}?"));

    private final ValuePool pool;
    private final List<String> passageForms;
    private final List<String> implicationForms;
    private final List<String> editQuestionForms;
    private final List<String> evaluationQuestionForms;

    Relation(
            ValuePool pool,
            List<String> passageForms,
            List<String> implicationForms,
            List<String> editQuestionForms,
            List<String> evaluationQuestionForms) {
        this.pool = pool;
        this.passageForms = passageForms;
        this.implicationForms = implicationForms;
        this.editQuestionForms = editQuestionForms;
        this.evaluationQuestionForms = evaluationQuestionForms;
    }

    public ValuePool pool() {
        return pool;
    }

    /** Sentences of a passage. */
    List<String> passageForms() {
        return passageForms;
    }

    /** Lines of a self-edit that state the fact in other words than the passage. */
    List<String> implicationForms() {
        return implicationForms;
    }

    /** Questions a self-edit may ask and answer in one line. */
    List<String> editQuestionForms() {
        return editQuestionForms;
    }

    /** Questions the evaluator asks. */
    List<String> evaluationQuestionForms() {
        return evaluationQuestionForms;
    }
}
