package dev.sealstream.experiments.report;

import java.util.List;
import java.util.Locale;

/** A lower-triangular matrix of shares as a picture: the darker a cell, the more is known. */
final class MatrixPlot {
    private static final int CELL = 46;
    private static final int LEFT = 120;
    private static final int TOP = 34;

    /** Above this share a cell is so dark that its figure must be light. */
    private static final double DARK = 0.55;

    private MatrixPlot() {}

    /** @param rows row t has t + 1 values from 0 to 1 */
    static String of(String name, List<List<Double>> rows) {
        int width = LEFT + CELL * rows.size() + 10;
        int height = TOP + CELL * rows.size() + 10;
        var svg = new StringBuilder("<svg class=\"plot narrow\" role=\"img\" aria-label=\"Forgetting matrix of "
                + Html.escaped(name) + ", per cent\" viewBox=\"0 0 " + width + " " + height + "\">\n");
        for (int t = 0; t < rows.size(); t++) {
            int y = TOP + CELL * t;
            svg.append(text("tick", LEFT + CELL * t + CELL / 2, TOP - 10, "middle", Integer.toString(t + 1)));
            svg.append(text("tick", LEFT - 10, y + CELL / 2 + 4, "end", "after document " + (t + 1)));
            for (int i = 0; i < rows.get(t).size(); i++) {
                svg.append(cell(LEFT + CELL * i, y, rows.get(t).get(i)));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static String cell(int x, int y, double share) {
        String figure = String.format(Locale.ROOT, "%.0f", 100 * share);
        String opacity = String.format(Locale.ROOT, "%.3f", share);
        return "<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + (CELL - 2) + "\" height=\"" + (CELL - 2)
                + "\" rx=\"4\" fill=\"#1f6f8b\" fill-opacity=\"" + opacity
                + "\" stroke=\"#1f6f8b\" stroke-opacity=\"0.25\"/>"
                + "<text x=\"" + (x + CELL / 2 - 1) + "\" y=\"" + (y + CELL / 2 + 4)
                + "\" text-anchor=\"middle\" font-size=\"13\" fill=\"" + (share > DARK ? "#ffffff" : "#16323c") + "\">"
                + figure + "</text>\n";
    }

    private static String text(String style, int x, int y, String anchor, String content) {
        return "<text class=\"" + style + "\" x=\"" + x + "\" y=\"" + y + "\" style=\"text-anchor:" + anchor + "\">"
                + Html.escaped(content) + "</text>\n";
    }
}
