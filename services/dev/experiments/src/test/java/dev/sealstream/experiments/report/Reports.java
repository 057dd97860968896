package dev.sealstream.experiments.report;

import dev.sealstream.domain.PromptStyle;
import dev.sealstream.experiments.knowledge.KnowledgeFindings;
import dev.sealstream.experiments.knowledge.KnowledgeSettings;
import dev.sealstream.experiments.run.CodeVersion;
import dev.sealstream.experiments.run.Configuration;
import dev.sealstream.experiments.statistics.Summary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small finished run with texts that must not be taken for markup. */
public final class Reports {
    private Reports() {}

    public static Configuration<KnowledgeSettings> configuration(long seed, String built) {
        return new Configuration<>(
                "knowledge",
                "./seal experiment knowledge --seed " + seed,
                new KnowledgeSettings(1, 2, 3, 2, 4, 2, 0, seed, PromptStyle.IMPLICATIONS, Map.of()),
                null,
                "d0c5",
                "a <tiny> model",
                Map.of("config.json", "c0ffee"),
                Map.of("seal.inner-loop.epochs", "6"),
                new CodeVersion("0123abcd", true, built, List.of("library-1.0.jar")),
                Map.of("java", "17"));
    }

    public static KnowledgeReport small() {
        var accuracies = new LinkedHashMap<String, Double>();
        accuracies.put("nothing", 0.0);
        accuracies.put("after round 1", 0.5);
        return new KnowledgeReport(
                configuration(7, "b011dead"),
                new KnowledgeFindings(
                        List.of(
                                new KnowledgeFindings.Arm("nothing", Summary.of(List.of(0.0, 0.1, 0.0, 0.1)), ""),
                                new KnowledgeFindings.Arm(
                                        "base policy's edits", Summary.of(List.of(0.2, 0.4, 0.3, 0.5)), ""),
                                new KnowledgeFindings.Arm(
                                        "after round 1",
                                        Summary.of(List.of(0.2, 0.4, 0.3, 0.5)),
                                        "not released: the policy is the one before")),
                        List.of(new KnowledgeFindings.Difference(
                                "base policy's edits − nothing", Summary.of(List.of(0.2, 0.3, 0.3, 0.4)))),
                        new KnowledgeFindings.Gain(0.0, 0.1, 0.0),
                        Summary.of(List.of(0.5, 0.6, 0.5, 0.6)),
                        List.of(new KnowledgeFindings.Round(
                                1,
                                2,
                                Summary.of(List.of(0.3, 0.4)),
                                null,
                                Map.of("SCORED", 6L),
                                false,
                                0,
                                "gain < 0 & no more")),
                        List.of(new KnowledgeFindings.Distribution(
                                "held-out, base policy", List.of(0, 1, 2, 3, 0, 0, 0, 0, 0, 0), 0.3, 6)),
                        List.of(new KnowledgeFindings.RewardReliability("training, round 1", 0.2, 0.5, 6, 12)),
                        List.of(new KnowledgeFindings.Example(
                                "d",
                                "the median gain",
                                "Ada <b>",
                                "Ada says \"x < y\" & more.",
                                List.of("Who? Ada"),
                                accuracies,
                                List.of(new KnowledgeFindings.WrittenEdit("</pre><script>", 0.25)),
                                List.of(new KnowledgeFindings.WrittenEdit("", null)))),
                        null,
                        Map.of(0L, "ba5e"),
                        List.of("document x is left out: too long")),
                61.5,
                false);
    }
}
