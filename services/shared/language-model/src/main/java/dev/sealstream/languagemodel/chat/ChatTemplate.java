package dev.sealstream.languagemodel.chat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a conversation into the text a model was trained to continue. Thread-safe. */
public final class ChatTemplate {
    private final String source;
    private final Map<String, String> specialTokens;
    private final JinjaTemplate template;
    private final Clock clock;

    /**
     * Reads a template.
     *
     * @param file where it comes from, for errors
     * @param source Jinja2, as in {@code chat_template.jinja}
     * @param specialTokens by the names templates use, such as {@code bos_token}
     * @throws IllegalArgumentException if a tag or a string does not end
     */
    public ChatTemplate(String file, String source, Map<String, String> specialTokens) {
        this(file, source, specialTokens, Clock.systemDefaultZone());
    }

    ChatTemplate(String file, String source, Map<String, String> specialTokens, Clock clock) {
        this.source = source;
        this.specialTokens = Map.copyOf(specialTokens);
        this.template = new JinjaTemplate(file, source);
        this.clock = clock;
    }

    /** The template as it was read. */
    public String source() {
        return source;
    }

    /**
     * Renders a conversation.
     *
     * @param addGenerationPrompt whether the text ends where the model is to answer
     * @throws IllegalArgumentException if the template refuses the conversation, or uses a construct that is not known
     */
    public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        return render(messages, addGenerationPrompt, Map.of());
    }

    /**
     * Renders a conversation.
     *
     * @param variables what this template knows beyond the usual, such as {@code enable_thinking}
     */
    public String render(List<ChatMessage> messages, boolean addGenerationPrompt, Map<String, Object> variables) {
        List<Map<String, Object>> turns = new ArrayList<>();
        for (ChatMessage message : messages) {
            Map<String, Object> turn = new LinkedHashMap<>();
            turn.put("role", message.role());
            turn.put("content", message.content());
            turns.add(turn);
        }
        Map<String, Object> context = new LinkedHashMap<>(specialTokens);
        context.put("messages", turns);
        context.put("add_generation_prompt", addGenerationPrompt);
        context.putAll(variables);
        return template.render(context, clock);
    }
}
