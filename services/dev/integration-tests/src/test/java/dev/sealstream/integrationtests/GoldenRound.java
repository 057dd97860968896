package dev.sealstream.integrationtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.domain.AdapterReference;
import dev.sealstream.domain.AdapterUpdate;
import dev.sealstream.domain.ArtifactReference;
import dev.sealstream.domain.DataMode;
import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.PromptStyle;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.domain.RolloutEnded;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditParser;
import dev.sealstream.domain.Sha256;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One round of SEAL's own outer loop as its authors' code left it: what was written and answered, and what was selected.
 *
 * @param name the X of {@code rollouts-X.json}
 */
record GoldenRound(String name, List<Article> articles, List<Selected> selected) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROLLOUTS = "rollouts-";

    record Article(String title, String context, String prompt, List<Completion> completions) {}

    /** @param adaptedMean SEAL's mean accuracy after the update, 0 to 1 */
    record Completion(
            String text,
            List<String> trainingSequences,
            List<List<GradedAnswer>> repeats,
            double adaptedMean,
            Double baselineMean) {}

    record Selected(String prompt, String completion) {}

    /** Every {@code rollouts-X.json} in a folder that has its {@code selected-X.json}, by name. */
    static List<GoldenRound> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(ROLLOUTS) && file.endsWith(".json"))
                    .map(file -> file.substring(ROLLOUTS.length(), file.length() - ".json".length()))
                    .filter(name -> Files.exists(selectedFile(folder, name)))
                    .sorted()
                    .map(name -> read(folder, name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** The round as outcomes: a group for each article, whose place in the round is its id. */
    List<RolloutEnded> outcomes(String dataIdPrefix) {
        var outcomes = new ArrayList<RolloutEnded>();
        for (int i = 0; i < articles.size(); i++) {
            var article = articles.get(i);
            String dataId = "%s-%05d".formatted(dataIdPrefix, i);
            for (int index = 0; index < article.completions().size(); index++) {
                outcomes.add(outcome(dataId, article, index));
            }
        }
        return outcomes;
    }

    private static RolloutEnded outcome(String dataId, Article article, int index) {
        var completion = article.completions().get(index);
        String groupId = Ids.rolloutGroup(dataId, 0);
        String editId = Ids.selfEdit(groupId, index);
        var edit = new SelfEdit(
                editId, index, completion.text(), parsed(article, completion), null, new int[0], new float[0]);
        return new RolloutEnded(
                groupId,
                article.completions().size(),
                dataId,
                DataMode.TRAIN,
                NewData.MAIN_LINEAGE,
                0,
                Sha256.hex("the model SEAL began with"),
                article.prompt(),
                edit,
                completion.baselineMean(),
                scored(editId, completion));
    }

    /** What our parser makes of a completion. */
    static List<String> parsed(Article article, Completion completion) {
        var style = Arrays.stream(PromptStyle.values())
                .filter(each -> each.prompt(article.title(), article.context()).equals(article.prompt()))
                .findFirst()
                .orElse(PromptStyle.IMPLICATIONS);
        return SelfEditParser.trainingSequences(style, article.title(), article.context(), completion.text());
    }

    private static Outcome scored(String editId, Completion completion) {
        if (completion.repeats().isEmpty()) {
            return new Outcome.Failed("SEAL evaluated no repeat of it");
        }
        var repeats = new ArrayList<RepeatScore>();
        for (var answers : completion.repeats()) {
            repeats.add(new RepeatScore(update(editId, repeats.size()), answers));
        }
        return new Outcome.Scored(repeats);
    }

    /** SEAL threw its adapters away; nobody loads one of a TRAIN datum. */
    private static AdapterUpdate update(String editId, int repeat) {
        var nothing = new ArtifactReference("not-kept:adapter", 0, Sha256.hex(""));
        return new AdapterUpdate(
                Ids.update(editId, repeat),
                editId,
                repeat,
                new AdapterReference(nothing, nothing),
                null,
                List.of(),
                0.0,
                0.0);
    }

    private static GoldenRound read(Path folder, String name) {
        var rollouts = json(folder.resolve(ROLLOUTS + name + ".json"));
        var selected = json(selectedFile(folder, name));
        return new GoldenRound(
                name,
                each(rollouts.path("articles")).map(GoldenRound::article).toList(),
                each(selected)
                        .map(pair -> new Selected(
                                pair.path("prompt").asText(),
                                pair.path("completion").asText()))
                        .toList());
    }

    private static Article article(JsonNode node) {
        return new Article(
                node.path("title").asText(),
                node.path("context").asText(),
                node.path("prompt").asText(),
                each(node.path("completions")).map(GoldenRound::completion).toList());
    }

    private static Completion completion(JsonNode node) {
        return new Completion(
                node.path("text").asText(),
                each(node.path("trainingSequences")).map(JsonNode::asText).toList(),
                each(node.path("repeats"))
                        .map(repeat -> each(repeat).map(GoldenRound::answer).toList())
                        .toList(),
                node.path("adaptedMean").asDouble(),
                node.hasNonNull("baselineMean") ? node.path("baselineMean").asDouble() : null);
    }

    private static GradedAnswer answer(JsonNode node) {
        return new GradedAnswer(
                node.path("question").asText(),
                node.path("answer").asText(),
                node.path("adaptedAnswer").asText(),
                node.path("adaptedCorrect").asBoolean());
    }

    private static Path selectedFile(Path folder, String name) {
        return folder.resolve("selected-" + name + ".json");
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
