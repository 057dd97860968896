package dev.sealstream.languagemodel.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses and checks the JSON header of a safetensors file: every tensor must lie inside the file and fit its shape. */
final class SafetensorsHeader {
    /** Bytes before the JSON: its length, little endian. */
    static final int PREFIX_BYTES = Long.BYTES;
    /** The format's own limit; a larger length means the file is not safetensors. */
    static final long JSON_BYTES_MAX = 100_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SafetensorsHeader() {}

    static Map<String, TensorEntry> parse(String source, byte[] json, long fileBytes) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            throw new SafetensorsException(source + " has a header that is not JSON; the file is damaged", e);
        }
        long dataStart = PREFIX_BYTES + (long) json.length;
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = root.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!field.getKey().equals("__metadata__")) {
                entries.put(field.getKey(), entry(source, field.getKey(), field.getValue(), dataStart, fileBytes));
            }
        }
        return entries;
    }

    private static TensorEntry entry(String source, String name, JsonNode node, long dataStart, long fileBytes) {
        String what = "tensor " + name + " of " + source;
        ElementType type = type(what, node.path("dtype").asText());
        List<Long> shape = new ArrayList<>();
        node.path("shape").forEach(length -> shape.add(length.asLong(-1)));
        JsonNode offsets = node.path("data_offsets");
        if (offsets.size() != 2 || shape.stream().anyMatch(length -> length < 0)) {
            throw new SafetensorsException(what + " has no valid shape and data_offsets: " + node);
        }
        long begin = offsets.get(0).asLong(-1);
        long end = offsets.get(1).asLong(-1);
        TensorEntry entry = new TensorEntry(name, type, shape, dataStart + begin, end - begin);
        if (begin < 0 || end < begin || entry.length() != entry.size() * type.bytes()) {
            throw new SafetensorsException(what + " has shape " + shape + " of " + type + ", expected "
                    + entry.size() * type.bytes() + " bytes, found data_offsets " + offsets);
        }
        if (dataStart + end > fileBytes) {
            throw new SafetensorsException(what + " ends at byte " + (dataStart + end) + ", but found only " + fileBytes
                    + " bytes; the file is truncated");
        }
        return entry;
    }

    private static ElementType type(String what, String name) {
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new SafetensorsException(what + " has element type " + name + "; expected F32, F16 or BF16");
    }
}
