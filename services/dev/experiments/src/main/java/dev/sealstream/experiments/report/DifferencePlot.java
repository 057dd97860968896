package dev.sealstream.experiments.report;

import dev.sealstream.experiments.knowledge.KnowledgeFindings;

import java.util.List;

import static dev.sealstream.experiments.report.Axis.pixels;

/** Paired differences with their 95 % intervals around zero. */
final class DifferencePlot {
    private static final int ROW = 30;
    private static final int LEFT = 300;
    private static final int WIDTH = 860;
    private static final int FOOT = 34;

    private DifferencePlot() {}

    static String of(List<KnowledgeFindings.Difference> differences) {
        double least = 0;
        double most = 0;
        for (var difference : differences) {
            var summary = difference.difference();
            least = Math.min(least, summary.low() == null ? summary.mean() : summary.low());
            most = Math.max(most, summary.high() == null ? summary.mean() : summary.high());
        }
        var axis = Axis.around(least, most, LEFT, WIDTH - 20.0);
        int bottom = differences.size() * ROW;
        var svg = new StringBuilder(
                "<svg class=\"plot\" role=\"img\" aria-label=\"Paired differences in percentage points\""
                        + " viewBox=\"0 0 " + WIDTH + " " + (bottom + FOOT) + "\">\n");
        for (double mark : axis.marks()) {
            String x = pixels(axis.at(mark));
            svg.append("<line class=\"grid\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"0\" y2=\"" + bottom + "\"/>"
                    + "<text class=\"tick\" x=\"" + x + "\" y=\"" + (bottom + 16) + "\">" + Axis.percent(mark)
                    + "</text>\n");
        }
        String zero = pixels(axis.at(0));
        svg.append("<line class=\"zero\" x1=\"" + zero + "\" x2=\"" + zero + "\" y1=\"0\" y2=\"" + bottom + "\"/>\n");
        svg.append("<text class=\"axis\" x=\"" + pixels((LEFT + WIDTH) / 2.0) + "\" y=\"" + (bottom + FOOT - 2)
                + "\">percentage points</text>\n");
        for (int i = 0; i < differences.size(); i++) {
            svg.append(row(differences.get(i), axis, i * ROW + ROW / 2));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String row(KnowledgeFindings.Difference difference, Axis axis, int y) {
        var summary = difference.difference();
        String interval = summary.low() == null
                ? ""
                : "<line class=\"interval\" x1=\"" + pixels(axis.at(summary.low())) + "\" x2=\""
                        + pixels(axis.at(summary.high())) + "\" y1=\"" + y + "\" y2=\"" + y + "\"/>";
        return "<text class=\"label\" x=\"" + (LEFT - 12) + "\" y=\"" + (y + 4) + "\">"
                + Html.escaped(difference.name())
                + "</text>" + interval + "<circle class=\"point\" cx=\"" + pixels(axis.at(summary.mean())) + "\" cy=\""
                + y
                + "\" r=\"4\"><title>" + Figures.points(summary) + "</title></circle>\n";
    }
}
