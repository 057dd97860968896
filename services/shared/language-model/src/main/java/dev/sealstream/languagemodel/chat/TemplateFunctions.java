package dev.sealstream.languagemodel.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;

import java.time.Clock;
import java.time.ZonedDateTime;

/** The functions that Hugging Face's transformers give to chat templates; jinjava finds them by their names. */
public final class TemplateFunctions {
    static final String PRINTED = "__printed";
    static final String CLOCK = "__clock";

    private TemplateFunctions() {}

    /** Why a template does not accept a conversation, in its own words. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    public static Object raise_exception(String message) {
        throw new Refusal(message);
    }

    /** What every output passes through: Python writes truth values with a capital letter. */
    public static Object __printed(Object value) {
        return value instanceof Boolean truth ? (truth ? "True" : "False") : value;
    }

    /** The present time in Python's {@code strftime} format. */
    public static String strftime_now(String format) {
        Clock clock = (Clock) JinjavaInterpreter.getCurrent().getContext().get(CLOCK);
        return StrftimeFormatter.format(ZonedDateTime.now(clock), format);
    }
}
