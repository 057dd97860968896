package dev.sealstream.experiments.report;

import dev.sealstream.experiments.knowledge.KnowledgeFindings;

import static dev.sealstream.experiments.report.Axis.pixels;

/** How the rewards of one population are spread over ten bins. */
final class Histogram {
    private static final int WIDTH = 270;
    private static final int HEIGHT = 130;
    private static final int LEFT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = HEIGHT - 24;

    private Histogram() {}

    static String of(KnowledgeFindings.Distribution distribution) {
        int most =
                distribution.counts().stream().mapToInt(Integer::intValue).max().orElse(0);
        double column = (WIDTH - 2.0 * LEFT) / distribution.counts().size();
        var svg = new StringBuilder("<figure><svg class=\"plot\" role=\"img\" aria-label=\"Rewards, "
                + Html.escaped(distribution.name()) + "\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\">\n");
        for (int bin = 0; bin < distribution.counts().size(); bin++) {
            int count = distribution.counts().get(bin);
            double height = most == 0 ? 0 : (BOTTOM - TOP) * (double) count / most;
            svg.append("<rect class=\"bar\" x=\"" + pixels(LEFT + bin * column + 1) + "\" y=\""
                    + pixels(BOTTOM - height)
                    + "\" width=\"" + pixels(column - 2) + "\" height=\"" + pixels(height) + "\"><title>" + count
                    + "</title></rect>\n");
        }
        for (int tenth = 0; tenth <= 10; tenth += 5) {
            svg.append("<text class=\"tick\" x=\"" + pixels(LEFT + tenth * column) + "\" y=\"" + (BOTTOM + 16) + "\">"
                    + (tenth == 10 ? "1" : tenth == 0 ? "0" : "0.5") + "</text>\n");
        }
        svg.append("<line class=\"zero\" x1=\"" + LEFT + "\" x2=\"" + (WIDTH - LEFT) + "\" y1=\"" + BOTTOM + "\" y2=\""
                + BOTTOM + "\"/>\n");
        if (distribution.mean() != null) {
            String at = pixels(LEFT + distribution.mean() * 10 * column);
            svg.append("<line class=\"mean\" x1=\"" + at + "\" x2=\"" + at + "\" y1=\"" + TOP + "\" y2=\"" + BOTTOM
                    + "\"/>\n");
        }
        return svg.append("</svg><figcaption>" + Html.escaped(distribution.name()) + "<br/><small>mean "
                        + Figures.decimal(distribution.mean()) + ", " + distribution.n()
                        + " rewards</small></figcaption></figure>\n")
                .toString();
    }
}
