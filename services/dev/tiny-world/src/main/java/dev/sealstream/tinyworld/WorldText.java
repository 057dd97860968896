package dev.sealstream.tinyworld;

import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All fixed text of the world, for whoever builds a tokenizer for it. Placeholders stand in braces. */
public final class WorldText {
    private WorldText() {}

    /** The first lines of the product's prompts: each is said to the model as one word. */
    public static List<String> instructionSentences() {
        return prompts()
                .map(prompt -> prompt.lines().findFirst().orElseThrow())
                .distinct()
                .toList();
    }

    /** Every other line of the prompts, every template and every value. */
    public static List<String> everything() {
        var text = new ArrayList<String>();
        prompts().flatMap(prompt -> prompt.lines().skip(1)).forEach(text::add);
        text.addAll(Statements.VAGUE);
        text.addAll(Passage.OPENINGS);
        for (Person.Pronoun pronoun : Person.Pronoun.values()) {
            text.add(pronoun.subject + " " + pronoun.possessive);
        }
        for (Relation relation : Relation.values()) {
            text.addAll(relation.passageForms());
            text.addAll(relation.implicationForms());
            text.addAll(relation.editQuestionForms());
            text.addAll(relation.evaluationQuestionForms());
        }
        for (ValuePool pool : ValuePool.values()) {
            text.addAll(pool.words());
        }
        return List.copyOf(text);
    }

    private static Stream<String> prompts() {
        return Stream.concat(
                Stream.of(PromptStyle.values()).map(style -> style.prompt("{title}", "{context}")),
                Stream.of(new Question("{question}", "{answer}").closedBookPrompt("{title}")));
    }
}
