package dev.sealstream.experiments.report;

/** Text as HTML. */
final class Html {
    private Html() {}

    /** Safe as content and as the value of a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A row of cells; the first heads the row. */
    static String row(String... cells) {
        var row = new StringBuilder("<tr>");
        for (int i = 0; i < cells.length; i++) {
            String tag = i == 0 ? "th scope=\"row\"" : "td";
            row.append('<').append(tag).append('>').append(cells[i]).append(i == 0 ? "</th>" : "</td>");
        }
        return row.append("</tr>\n").toString();
    }

    static String head(String... cells) {
        var row = new StringBuilder("<thead><tr>");
        for (String cell : cells) {
            row.append("<th scope=\"col\">").append(escaped(cell)).append("</th>");
        }
        return row.append("</tr></thead>\n").toString();
    }
}
