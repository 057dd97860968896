package dev.sealstream.languagemodel.chat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Expectations are what Python's Jinja2 3.1.6 gives with {@code trim_blocks} and {@code lstrip_blocks}. */
class ChatTemplateTest {
    private static final List<ChatMessage> CONVERSATION = List.of(
            ChatMessage.system(" Be brief. "),
            ChatMessage.user("Hi <there> & \"you\" {{ x }} {% if %}"),
            ChatMessage.assistant("<think>\nhm\n</think>\n\nYo\nline"),
            ChatMessage.user("bye"));

    @Test
    void turnsWithMarkersAsInChatMl() {
        String template = """
                {%- if messages[0]['role'] == 'system' %}
                    {{- '<|im_start|>system\\n' + messages[0]['content'].strip() + '<|im_end|>\\n' }}
                {%- else %}
                    {{- '<|im_start|>system\\nDefault.<|im_end|>\\n' }}
                {%- endif %}
                {%- for message in messages %}
                    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
                        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
                    {%- endif %}
                {%- endfor %}
                {%- if add_generation_prompt %}
                    {{- '<|im_start|>assistant\\n' }}
                {%- endif %}
                """;

        assertThat(template(template).render(CONVERSATION, true)).isEqualTo("""
                <|im_start|>system
                Be brief.<|im_end|>
                <|im_start|>user
                Hi <there> & "you" {{ x }} {% if %}<|im_end|>
                <|im_start|>assistant
                <think>
                hm
                </think>

                Yo
                line<|im_end|>
                <|im_start|>user
                bye<|im_end|>
                <|im_start|>assistant
                """);
        assertThat(template(template).render(List.of(ChatMessage.user("q")), false))
                .isEqualTo("<|im_start|>system\nDefault.<|im_end|>\n<|im_start|>user\nq<|im_end|>\n");
    }

    @Test
    void turnsWithHeadersAndTheDateAsInLlama3() {
        String template = """
                {{- bos_token }}
                {%- if not date_string is defined %}
                    {%- set date_string = strftime_now("%d %b %Y") %}
                {%- endif %}
                {%- if messages[0]['role'] == 'system' %}
                    {%- set system_message = messages[0]['content']|trim %}
                    {%- set messages = messages[1:] %}
                {%- else %}
                    {%- set system_message = "" %}
                {%- endif %}
                {{- "<|start|>system<|end|>\\n\\n" }}
                {{- "Today: " + date_string + "\\n\\n" }}
                {{- system_message }}
                {{- "<|eot|>" }}
                {%- for message in messages %}
                    {%- if not (message.role == 'ipython' or 'tool_calls' in message) %}
                        {{- '<|start|>' + message['role'] + '<|end|>\\n\\n'+ message['content'] | trim + '<|eot|>' }}
                    {%- endif %}
                {%- endfor %}
                {%- if add_generation_prompt %}{{- '<|start|>assistant<|end|>\\n\\n' }}{%- endif %}""";

        assertThat(template(template).render(List.of(CONVERSATION.get(0), ChatMessage.user(" q\n")), true))
                .isEqualTo("<s><|start|>system<|end|>\n\nToday: 22 Nov 2026\n\nBe brief.<|eot|>"
                        + "<|start|>user<|end|>\n\nq<|eot|><|start|>assistant<|end|>\n\n");
    }

    @Test
    void alternatingInstructionsAsInMistral() {
        String template = """
                {%- if messages[0]["role"] == "system" %}
                    {%- set system_message = messages[0]["content"] %}
                    {%- set loop_messages = messages[1:] %}
                {%- else %}
                    {%- set loop_messages = messages %}
                {%- endif %}
                {%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}
                {%- set ns = namespace() %}
                {%- set ns.index = 0 %}
                {%- for message in loop_messages %}
                    {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
                        {{- raise_exception("roles must alternate") }}
                    {%- endif %}
                    {%- set ns.index = ns.index + 1 %}
                {%- endfor %}
                {{- bos_token }}
                {%- for message in loop_messages %}
                    {%- if message["role"] == "user" %}
                        {%- if message == user_messages[-1] and system_message is defined %}
                            {{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
                        {%- else %}
                            {{- "[INST] " + message["content"] + "[/INST]" }}
                        {%- endif %}
                    {%- else %}
                        {{- " " + message["content"].split("</think>")[-1].lstrip("\\n") + eos_token }}
                    {%- endif %}
                {%- endfor %}
                """;

        assertThat(template(template).render(CONVERSATION, true))
                .isEqualTo("<s>[INST] Hi <there> & \"you\" {{ x }} {% if %}[/INST] Yo\nline</s>"
                        + "[INST]  Be brief. \n\nbye[/INST]");
        assertThatThrownBy(() -> template(template).render(List.of(ChatMessage.assistant("a")), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chat_template.jinja refuses this conversation: roles must alternate");
    }

    static Stream<Arguments> constructs() {
        return Stream.of(
                arguments(
                        "{% for m in messages[1:] %}{{ loop.index0 }}{% if loop.first %}F{% endif %}"
                                + "{% if loop.last %}L{% endif %}{{ m.role }},{% endfor %}",
                        "0Fuser,1assistant,2Luser,"),
                arguments(
                        "{% set ns = namespace(deep=true, last=messages|length - 1) %}"
                                + "{% for m in messages[::-1] %}{% set index = (messages|length - 1) - loop.index0 %}"
                                + "{% if ns.deep and m.role == 'user' %}{% set ns.deep = false %}"
                                + "{% set ns.last = index %}{% endif %}{% endfor %}{{ ns.last }}",
                        "3"),
                arguments("{{ messages[2].content.split('</think>')[0].rstrip('\\n').split('<think>')[-1] }}", "\nhm"),
                arguments(
                        "{% if messages[0].content.startswith(' Be') and not 'x'.endswith('y') %}yes{% endif %}",
                        "yes"),
                arguments(
                        "{% if messages[0].content is string %}s{% endif %}{% if messages is not string %}l{% endif %}"
                                + "{% if messages[0] is mapping %}m{% endif %}{% if 'a' is iterable %}i{% endif %}",
                        "slmi"),
                arguments(
                        "{{ messages[0] | tojson }}{{ {'a': [1, none, true]} | tojson(indent=2) }}",
                        "{\"role\": \"system\", \"content\": \" Be brief. \"}"
                                + "{\n  \"a\": [\n    1,\n    null,\n    true\n  ]\n}"),
                arguments(
                        "{% for k, v in messages[0].items() if k != 'content' %}{{ k }}:{{ v }}{% endfor %}"
                                + "{% for m in messages if m.role == 'user' %}{{ loop.index }}"
                                + "{% if loop.last %}!{% endif %}{% endfor %}",
                        "role:system12!"),
                arguments(
                        "{% set x = 1 %}{% for m in messages %}{% set x = 2 %}"
                                + "{% if loop.first %}{% set f = 1 %}{% endif %}"
                                + "{% if f is defined %}D{% else %}U{% endif %}{% endfor %}{{ x }}",
                        "DUUU1"),
                arguments(
                        "{% for m in messages %}{% if m.role == 'assistant' %}{% break %}{% endif %}"
                                + "{% if m.role == 'system' %}{% continue %}{% endif %}{{ m.role }}{% endfor %}",
                        "user"),
                arguments(
                        "{% macro turn(m, end='!') %}[{{ m.role }}{{ end }}]{% endmacro %}"
                                + "{{ turn(messages[0]) }}{{ turn(messages[1], end='?') }}",
                        "[system!][user?]"),
                arguments(
                        "{{ 'abc'[0] }}{{ 'abc'[-1] }}{{ 'abc'[:-1] }}{{ ['a', 'x'] | reject('equalto', 'x') | join }}",
                        "acaba"),
                arguments(
                        "{{ \"{\\\"name\\\": \\\"x\\\"}\" }}{{ 'it\\'s' }}{{ '%}' }}{{ '\\u00e9' }}",
                        "{\"name\": \"x\"}it's%}é"),
                arguments("{% generation %}said{% endgeneration %}{% raw %}{{ x }}{% endraw %}", "said{{ x }}"),
                arguments(
                        "{{ tools }}{{ 'b' if not tools else 'a' }}{{ (tools is none) or tools is not defined }}",
                        "bTrue"),
                arguments("a {#- gone -#} b\n   {# own line #}\nc\n", "ab\nc"),
                arguments("  {% if true %}\n  in\n    {% endif %}\nafter\n   {{ 'e' }} \n", "  in\nafter\n   e "),
                arguments("{%+ if true %}\n c\n{%- endif +%}\nd", " c\nd"));
    }

    @ParameterizedTest
    @MethodSource("constructs")
    void constructRendersAsInPython(String template, String expected) {
        assertThat(template(template).render(CONVERSATION, false)).isEqualTo(expected);
    }

    @Test
    void variablesOfATemplateCanBeGiven() {
        ChatTemplate template =
                template("{% if enable_thinking is defined and enable_thinking is false %}off{% endif %}");

        assertThat(template.render(CONVERSATION, true)).isEmpty();
        assertThat(template.render(CONVERSATION, true, Map.of("enable_thinking", false)))
                .isEqualTo("off");
    }

    static Stream<Arguments> unknownConstructs() {
        return Stream.of(
                arguments("a\n\n{{ messages | shout }}", "the filter shout"),
                arguments("{% if messages is loud %}{% endif %}", "is loud"),
                arguments("a\nb\n{{ shout('x') }}", "line 3"),
                arguments("a\n{{ messages[0].content.shout() }}", "line 2"),
                arguments("{% shout %}", "shout"),
                arguments("{% for m in messages %}{% else %}{% endfor %}", "for loop with an else on line 1"));
    }

    @ParameterizedTest
    @MethodSource("unknownConstructs")
    void unknownConstructIsNamedWithItsFile(String template, String named) {
        assertThatThrownBy(() -> template(template).render(CONVERSATION, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chat_template.jinja")
                .hasMessageContaining(named);
    }

    @Test
    void damagedTemplateIsRefusedWhenItIsRead() {
        assertThatThrownBy(() -> template("a\n{{ 'open }}")).hasMessageContaining("string on line 2");
        assertThatThrownBy(() -> template("a {% if x ")).hasMessageContaining("tag on line 1");
        assertThatThrownBy(() -> template("{# a")).hasMessageContaining("comment on line 1");
    }

    private static ChatTemplate template(String source) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T09:05:00Z"), ZoneOffset.UTC);
        return new ChatTemplate("chat_template.jinja", source, Map.of("bos_token", "<s>", "eos_token", "</s>"), clock);
    }
}
