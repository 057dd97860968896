package dev.sealstream.languagemodel;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Small {@code tokenizer.json} files built as those of the model families are, with vocabularies of our own. */
final class TokenizerJsons {
    private TokenizerJsons() {}

    /** Bytes as printable characters, "he" and "hello" merged; no token in front, as in Qwen2, SmolLM2 and GPT-2. */
    static byte[] byteLevel(String... special) {
        return byteLevelFile(
                "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": false}", special);
    }

    /** As above, with {@code <|begin_of_text|>} in front, as in Llama 3. */
    static byte[] llama3() {
        String begin = "<|begin_of_text|>";
        return byteLevelFile("""
                {"type": "Sequence", "processors": [
                  {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true}, %s]}""".formatted(template(begin, 256 + 4)), begin, "<|eot_id|>");
    }

    private static byte[] byteLevelFile(String postProcessor, String... special) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (String character : byteCharacters()) {
            vocabulary.put(character, vocabulary.size());
        }
        for (String merged : List.of("he", "ll", "hell", "hello")) {
            vocabulary.put(merged, vocabulary.size());
        }
        return file(vocabulary.size(), special, """
                "normalizer": {"type": "NFC"},
                "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                  {"type": "Split", "pattern": {"Regex": "\\\\p{N}|\\\\s?[^\\\\s\\\\p{N}]+|\\\\s+"}, "behavior": "Isolated",
                   "invert": false},
                  {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false}]},
                "post_processor": %s,
                "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
                "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "",
                  "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
                  "vocab": %s, "merges": [["h", "e"], ["l", "l"], ["he", "ll"], ["hell", "o"]]}""".formatted(postProcessor, json(vocabulary)));
    }

    /** SentencePiece's BPE: blanks as ▁, unknown characters as bytes, {@code <s>} in front; as in Llama 2 and Mistral. */
    static byte[] sentencePiece(boolean metaspace) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (String token : List.of("<unk>", "<s>", "</s>")) {
            vocabulary.put(token, vocabulary.size());
        }
        for (int value = 0; value < 256; value++) {
            vocabulary.put("<0x%02X>".formatted(value), vocabulary.size());
        }
        for (String piece : List.of("▁", "h", "e", "l", "o", "w", "r", "d", "he", "▁he", "ll", "▁hell", "▁hello")) {
            vocabulary.put(piece, vocabulary.size());
        }
        String spaces = metaspace ? """
                "normalizer": null,
                "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false},
                """ : """
                "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
                  {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
                "pre_tokenizer": null,
                """;
        return file(
                -1,
                new String[] {"<unk>", "<s>", "</s>"},
                spaces + """
                "post_processor": %s,
                "decoder": {"type": "Sequence", "decoders": [
                  {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
                  {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
                "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null,
                  "end_of_word_suffix": null, "fuse_unk": true, "byte_fallback": true, "vocab": %s,
                  "merges": ["h e", "▁ he", "l l", "▁he ll", "▁hell o"]}""".formatted(template("<s>", 1), json(vocabulary)));
    }

    private static String template(String begin, int id) {
        return """
                {"type": "TemplateProcessing",
                 "single": [{"SpecialToken": {"id": "%1$s", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                 "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                 "special_tokens": {"%1$s": {"id": "%1$s", "ids": [%2$d], "tokens": ["%1$s"]}}}""".formatted(begin, id);
    }

    /** @param firstSpecial id of the first special token; the rest follow. Negative if they are the vocabulary's first. */
    private static byte[] file(int firstSpecial, String[] special, String rest) {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < special.length; i++) {
            added.add("""
                    {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
                     "normalized": false, "special": true}""".formatted(Math.max(0, firstSpecial) + i, special[i]));
        }
        return "{\"version\": \"1.0\", \"truncation\": null, \"padding\": null, \"added_tokens\": [%s], %s}"
                .formatted(String.join(", ", added), rest)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** GPT-2's alphabet (Radford et al. 2019): printable bytes stand for themselves, others for characters from 256 on. */
    private static List<String> byteCharacters() {
        List<String> characters = new ArrayList<>();
        int next = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable = value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
            characters.add(String.valueOf((char) (printable ? value : next++)));
        }
        return characters;
    }

    private static String json(Map<String, Integer> vocabulary) {
        ObjectMapper json = new ObjectMapper();
        return vocabulary.entrySet().stream()
                .map(entry -> json.valueToTree(entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
