package dev.sealstream.experiments.report;

import dev.sealstream.experiments.knowledge.KnowledgeFindings;

import java.util.List;

/** A held-out document with what the policy wrote about it before and after learning, each beside its reward. */
final class ExampleSection {
    private ExampleSection() {}

    static String of(KnowledgeFindings.Example example) {
        var html = new StringBuilder("<article><h3>" + Html.escaped(example.title()) + " <small>"
                + Html.escaped(example.choice()) + "</small></h3>\n<p>" + Html.escaped(example.context()) + "</p>\n");
        html.append("<p class=\"arms\">");
        example.accuracies()
                .forEach((arm, accuracy) -> html.append(
                        "<span>" + Html.escaped(arm) + " <b>" + Figures.decimal(accuracy) + "</b></span> "));
        html.append("</p>\n<details><summary>" + example.questions().size() + " questions</summary><ul>");
        example.questions().forEach(question -> html.append("<li>" + Html.escaped(question) + "</li>"));
        html.append("</ul></details>\n<div class=\"sides\">");
        html.append(side("Before", example.before()));
        html.append(side("After the last round", example.after()));
        return html.append("</div></article>\n").toString();
    }

    private static String side(String title, List<KnowledgeFindings.WrittenEdit> edits) {
        var html = new StringBuilder("<section><h4>" + title + "</h4>\n");
        edits.forEach(edit -> html.append("<div class=\"edit\"><b>" + Figures.decimal(edit.reward()) + "</b><pre>"
                + Html.escaped(edit.text().isBlank() ? "(nothing)" : edit.text().strip()) + "</pre></div>\n"));
        return html.append("</section>\n").toString();
    }
}
