package dev.sealstream.tinyworld.pretraining;

import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.Question;
import dev.sealstream.languagemodel.Tokenizer;
import dev.sealstream.languagemodel.TrainingSequence;
import dev.sealstream.tinyworld.Passage;

import java.util.List;
import java.util.stream.IntStream;

/** Turns text into sequences with start and end tokens, the way the services do with live prompts. */
final class Texts {
    private final Tokenizer tokenizer;

    Texts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Start, prompt, completion, end; the loss is on completion and end. */
    TrainingSequence sequence(String prompt, String completion) {
        int[] start = prompt(prompt);
        int[] rest = withEnd(tokenizer.encode(completion));
        return new TrainingSequence(
                IntStream.concat(IntStream.of(start), IntStream.of(rest)).toArray(), start.length);
    }

    /** Start, text, end; the loss is on everything after the start. */
    TrainingSequence sequence(String text) {
        return new TrainingSequence(withEnd(prompt(text)), 0);
    }

    int[] prompt(String text) {
        return IntStream.concat(IntStream.of(tokenizer.bosId()), IntStream.of(tokenizer.encode(text)))
                .toArray();
    }

    TrainingSequence selfEdit(Passage passage, List<String> lines) {
        return sequence(PromptStyle.IMPLICATIONS.prompt(passage.title(), passage.text()), String.join("\n", lines));
    }

    TrainingSequence statement(String title, String line) {
        return sequence(title + "\n", line);
    }

    TrainingSequence answer(String title, String question, String answer) {
        return sequence(new Question(question, answer).closedBookPrompt(title), answer);
    }

    private int[] withEnd(int[] tokens) {
        return IntStream.concat(IntStream.of(tokens), IntStream.of(tokenizer.eosId()))
                .toArray();
    }
}
