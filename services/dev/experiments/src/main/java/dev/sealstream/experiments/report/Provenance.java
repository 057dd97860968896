package dev.sealstream.experiments.report;

import dev.sealstream.experiments.run.Configuration;

import java.util.Map;

/** What it takes to do a run again, as the end of its page. */
final class Provenance {
    private Provenance() {}

    static String of(Configuration<?> configuration, Map<Long, String> weightsHashes) {
        var html = new StringBuilder(
                "<pre class=\"command\">" + Html.escaped(configuration.command()) + "</pre>\n<table>");
        var code = configuration.code();
        html.append(fact("commit", code.commit() + (code.dirty() ? ", with changes" : "")));
        html.append(fact("built services", code.built()));
        html.append(fact("documents", configuration.documentsHash()));
        weightsHashes.forEach((version, hash) -> html.append(fact("weights of version " + version, hash)));
        facts(html, configuration.modelFiles());
        facts(html, configuration.serviceSettings());
        facts(html, configuration.machine());
        html.append("</table>\n<details><summary>Libraries</summary><p>"
                + Html.escaped(String.join(", ", code.libraries())) + "</p></details>\n");
        return html.toString();
    }

    private static void facts(StringBuilder html, Map<String, String> facts) {
        facts.forEach((name, value) -> html.append(fact(name, value)));
    }

    private static String fact(String name, String value) {
        return Html.row(Html.escaped(name), "<code>" + Html.escaped(value) + "</code>");
    }
}
