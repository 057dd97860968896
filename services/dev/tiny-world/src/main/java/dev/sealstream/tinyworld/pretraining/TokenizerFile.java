package dev.sealstream.tinyworld.pretraining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes the vocabulary as a standard {@code tokenizer.json} that Hugging Face's tokenizers library loads.
 *
 * <p>A unigram model with Llama's normalizer (a space before the text, spaces as {@code ▁}). A newline is a token of its
 * own and cuts the text into lines, each of which gets its own leading space; the decoder takes those spaces away again,
 * so encoding and decoding give back any printable ASCII text.
 */
final class TokenizerFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenizerFile() {}

    static byte[] json(Vocabulary vocabulary) {
        ObjectNode file = JSON.createObjectNode();
        file.put("version", "1.0").putNull("truncation").putNull("padding");
        file.set("added_tokens", addedTokens());
        file.set("normalizer", normalizer());
        file.putNull("pre_tokenizer");
        file.set("post_processor", postProcessor());
        file.set("decoder", decoder());
        file.set("model", model(vocabulary));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(file);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON nodes could not be written", impossible);
        }
    }

    private static ArrayNode addedTokens() {
        ArrayNode tokens = JSON.createArrayNode();
        String[] contents = {Vocabulary.PAD, Vocabulary.BOS, Vocabulary.EOS, Vocabulary.UNKNOWN, Vocabulary.NEWLINE};
        for (int id = 0; id < contents.length; id++) {
            tokens.addObject()
                    .put("id", id)
                    .put("content", contents[id])
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", !contents[id].equals(Vocabulary.NEWLINE));
        }
        return tokens;
    }

    private static ObjectNode normalizer() {
        ObjectNode sequence = JSON.createObjectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("normalizers");
        steps.addObject().put("type", "Prepend").put("prepend", Vocabulary.SPACE);
        steps.add(replace(" ", Vocabulary.SPACE));
        return sequence;
    }

    /** Says that a text starts with the begin token, when a reader asks for special tokens. */
    private static ObjectNode postProcessor() {
        ObjectNode template = JSON.createObjectNode().put("type", "TemplateProcessing");
        special(template.putArray("single"));
        sequence(template.withArray("single"), "A", 0);
        special(template.putArray("pair"));
        sequence(template.withArray("pair"), "A", 0);
        sequence(template.withArray("pair"), "B", 1);
        ObjectNode begin = template.putObject("special_tokens").putObject(Vocabulary.BOS);
        begin.put("id", Vocabulary.BOS);
        begin.putArray("ids").add(TinyModelConfig.BOS_ID);
        begin.putArray("tokens").add(Vocabulary.BOS);
        return template;
    }

    private static void special(ArrayNode parts) {
        parts.addObject().putObject("SpecialToken").put("id", Vocabulary.BOS).put("type_id", 0);
    }

    private static void sequence(ArrayNode parts, String id, int type) {
        parts.addObject().putObject("Sequence").put("id", id).put("type_id", type);
    }

    private static ObjectNode decoder() {
        ObjectNode sequence = JSON.createObjectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("decoders");
        steps.addObject().put("type", "Fuse");
        steps.add(replace(Vocabulary.NEWLINE + Vocabulary.SPACE, Vocabulary.NEWLINE));
        steps.add(replace(Vocabulary.SPACE, " "));
        steps.addObject()
                .put("type", "Strip")
                .put("content", " ")
                .put("start", 1)
                .put("stop", 0);
        return sequence;
    }

    private static ObjectNode replace(String pattern, String content) {
        ObjectNode step = JSON.createObjectNode().put("type", "Replace");
        step.putObject("pattern").put("String", pattern);
        return step.put("content", content);
    }

    private static ObjectNode model(Vocabulary vocabulary) {
        ObjectNode model = JSON.createObjectNode().put("type", "Unigram").put("unk_id", 3);
        ArrayNode pieces = model.putArray("vocab");
        vocabulary
                .scores()
                .forEach((piece, score) -> pieces.addArray().add(piece).add(score));
        return model.put("byte_fallback", false);
    }
}
