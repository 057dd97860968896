package dev.sealstream.languagemodel.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;

import java.util.Map;

/** {@code is iterable}: in Python a string is one, too. */
final class IterableTest implements ExpTest {
    @Override
    public String getName() {
        return "iterable";
    }

    @Override
    public boolean evaluate(Object value, JinjavaInterpreter interpreter, Object... arguments) {
        return value instanceof Iterable || value instanceof Map || value instanceof CharSequence;
    }
}
