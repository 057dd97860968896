package dev.sealstream.experiments.report;

import dev.sealstream.experiments.knowledge.KnowledgeFindings;
import dev.sealstream.experiments.statistics.Summary;

import java.util.ArrayList;
import java.util.List;

import static dev.sealstream.experiments.report.Axis.pixels;

/** Accuracy of the policy's self-edits from round to round with standard errors, between its control and its ceiling. */
final class AccuracyPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final int LEFT = 50;
    private static final int RIGHT = 170;
    private static final int TOP = 14;
    private static final int BOTTOM = HEIGHT - 34;

    private AccuracyPlot() {}

    static String of(List<KnowledgeFindings.Arm> arms) {
        var policy = new ArrayList<KnowledgeFindings.Arm>();
        var lines = new ArrayList<KnowledgeFindings.Arm>();
        for (var arm : arms) {
            boolean ofPolicy =
                    arm.name().startsWith("base policy") || arm.name().startsWith("after round");
            (ofPolicy ? policy : lines).add(arm);
        }
        if (policy.isEmpty()) {
            return "";
        }
        double least = arms.stream().mapToDouble(arm -> edge(arm, -1)).min().orElse(0);
        double most = arms.stream().mapToDouble(arm -> edge(arm, 1)).max().orElse(1);
        var y = Axis.around(least, most, BOTTOM, TOP);
        var svg = new StringBuilder(
                "<svg class=\"plot narrow\" role=\"img\" aria-label=\"Accuracy from round to round, per cent\""
                        + " viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\">\n");
        for (double mark : y.marks()) {
            String at = pixels(y.at(mark));
            svg.append("<line class=\"grid\" x1=\"" + LEFT + "\" x2=\"" + (WIDTH - RIGHT) + "\" y1=\"" + at + "\" y2=\""
                    + at
                    + "\"/><text class=\"tick left\" x=\"" + (LEFT - 8) + "\" y=\"" + pixels(y.at(mark) + 4) + "\">"
                    + Axis.percent(mark) + "</text>\n");
        }
        double lastLabel = Double.POSITIVE_INFINITY;
        var sorted = new ArrayList<>(lines);
        sorted.sort((one, other) ->
                Double.compare(one.accuracy().mean(), other.accuracy().mean()));
        for (var arm : sorted) {
            double at = y.at(arm.accuracy().mean());
            double label = Math.min(at, lastLabel - 15);
            lastLabel = label;
            svg.append("<line class=\"reference\" x1=\"" + LEFT + "\" x2=\"" + (WIDTH - RIGHT) + "\" y1=\"" + pixels(at)
                    + "\" y2=\"" + pixels(at) + "\"/><text class=\"reference\" x=\"" + (WIDTH - RIGHT + 8) + "\" y=\""
                    + pixels(label + 4) + "\">" + Html.escaped(arm.name()) + "</text>\n");
        }
        return svg.append(points(policy, y)).append("</svg>\n").toString();
    }

    private static String points(List<KnowledgeFindings.Arm> policy, Axis y) {
        var x = new Axis(-0.5, policy.size() - 0.5, LEFT, WIDTH - (double) RIGHT);
        var path = new StringBuilder();
        var marks = new StringBuilder();
        for (int i = 0; i < policy.size(); i++) {
            var arm = policy.get(i);
            String at = pixels(x.at(i));
            path.append(i == 0 ? "M" : "L")
                    .append(at)
                    .append(' ')
                    .append(pixels(y.at(arm.accuracy().mean())));
            marks.append("<line class=\"interval\" x1=\"" + at + "\" x2=\"" + at + "\" y1=\""
                    + pixels(y.at(edge(arm, -1)))
                    + "\" y2=\"" + pixels(y.at(edge(arm, 1))) + "\"/><circle class=\"point\" cx=\"" + at + "\" cy=\""
                    + pixels(y.at(arm.accuracy().mean())) + "\" r=\"5\"><title>" + Figures.percent(arm.accuracy())
                    + " %</title></circle><text class=\"tick\" x=\"" + at + "\" y=\"" + (BOTTOM + 22) + "\">"
                    + Html.escaped(arm.name().replace("base policy's edits", "base policy")) + "</text>\n");
        }
        return "<path class=\"path\" d=\"" + path + "\"/>\n" + marks;
    }

    private static double edge(KnowledgeFindings.Arm arm, int side) {
        Summary accuracy = arm.accuracy();
        return accuracy.mean() + side * (accuracy.standardError() == null ? 0 : accuracy.standardError());
    }
}
