package dev.sealstream.devstack.squad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealstream.devstack.process.StackException;

import java.util.ArrayList;
import java.util.List;

/** The fields of one JSON object, read with errors that say where in the file they are. */
final class Fields {
    private final String where;
    private final JsonNode object;

    /** @param where file and element, as messages name them */
    Fields(String where, JsonNode object) {
        this.where = where;
        this.object = object;
        if (!object.isObject()) {
            throw fault("is " + kind(object) + "; an object with title, context and questions is needed");
        }
    }

    String text(String field) {
        JsonNode value = require(field);
        if (!value.isTextual()) {
            throw fault("has " + kind(value) + " as " + field + "; text is needed");
        }
        if (value.textValue().isBlank()) {
            throw fault("has an empty " + field);
        }
        return value.textValue();
    }

    /** Whether the field is missing or an empty list. */
    boolean hasNone(String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() || value.isArray() && value.isEmpty();
    }

    List<Fields> list(String field) {
        JsonNode value = require(field);
        if (!value.isArray()) {
            throw fault("has " + kind(value) + " as " + field + "; a list is needed");
        }
        if (value.isEmpty()) {
            throw fault("has an empty list of " + field + "; at least one is needed");
        }
        List<Fields> elements = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            elements.add(new Fields(where + ", " + field + "[" + i + "]", value.get(i)));
        }
        return elements;
    }

    StackException fault(String what) {
        return new StackException(where + " " + what);
    }

    private JsonNode require(String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw fault("has no " + field);
        }
        return value;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case STRING -> "text";
            case NULL -> "null";
            case OBJECT -> "an object";
            case BINARY, MISSING, POJO -> "nothing";
        };
    }
}
