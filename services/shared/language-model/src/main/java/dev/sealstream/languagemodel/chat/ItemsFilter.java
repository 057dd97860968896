package dev.sealstream.languagemodel.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code items}: the pairs of a dictionary; none where it is not defined. */
final class ItemsFilter implements Filter {
    @Override
    public String getName() {
        return "items";
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
        List<List<Object>> pairs = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                List<Object> pair = new ArrayList<>();
                pair.add(key);
                pair.add(element);
                pairs.add(pair);
            });
        }
        return pairs;
    }
}
