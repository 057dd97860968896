package dev.sealstream.policymodel;

import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Question;
import dev.sealstream.languagemodel.LanguageModel;
import dev.sealstream.languagemodel.chat.ChatMessage;
import dev.sealstream.languagemodel.chat.ChatTemplate;

import java.util.List;
import java.util.Set;

/**
 * The form in which a model is asked. Not chosen by the model's files, since many base models carry a chat template that
 * they were never trained on.
 */
public enum PromptForm {
    /** A text to continue: SEAL's prompts for base models. */
    BASE {
        @Override
        public String selfEdit(LanguageModel model, NewData datum) {
            return datum.prompt();
        }

        @Override
        public String question(LanguageModel model, Question question, String title) {
            return question.closedBookPrompt(title);
        }

        @Override
        Set<Integer> endOfTurn(LanguageModel model) {
            return Set.of();
        }
    },
    /** A conversation in the model's own chat template: the task as the system's turn, passage or question as the user's. */
    INSTRUCT {
        @Override
        public String selfEdit(LanguageModel model, NewData datum) {
            return conversation(model, datum.promptStyle().task(), datum.title() + "\n" + datum.context());
        }

        @Override
        public String question(LanguageModel model, Question question, String title) {
            return conversation(model, Question.TASK, question.aboutTopic(title));
        }

        /** The first token the template writes behind an answer, where that is one token of its own. */
        @Override
        Set<Integer> endOfTurn(LanguageModel model) {
            var turns = List.of(ChatMessage.user(ANSWER), ChatMessage.assistant(ANSWER));
            String text = template(model).render(turns, false);
            String after = text.substring(text.lastIndexOf(ANSWER) + ANSWER.length());
            int[] tokens = model.tokenizer().encode(after);
            boolean invisible = tokens.length > 0
                    && model.tokenizer().decode(new int[] {tokens[0]}).isEmpty();
            return invisible ? Set.of(tokens[0]) : Set.of();
        }
    };

    private static final String ANSWER = "answer";

    /** What the model reads before it writes a self-edit. */
    public abstract String selfEdit(LanguageModel model, NewData datum);

    /** What the model reads before it answers closed-book. */
    public abstract String question(LanguageModel model, Question question, String title);

    /** Tokens that end a turn, beside the model's end of sequence. */
    abstract Set<Integer> endOfTurn(LanguageModel model);

    private static String conversation(LanguageModel model, String task, String said) {
        return template(model).render(List.of(ChatMessage.system(task), ChatMessage.user(said)), true);
    }

    private static ChatTemplate template(LanguageModel model) {
        return model.chatTemplate()
                .orElseThrow(() -> new IllegalArgumentException("prompt form instruct needs a chat template, and the"
                        + " model's directory has none; set seal.prompt.form=base or use an instruct model"));
    }
}
