package dev.sealstream.experiments.report;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ReportPageTest {
    private final KnowledgeReport report = Reports.small();

    @Test
    void tableShowsTheNumbersOfTheReport() throws Exception {
        // When
        var rows = rows(page(), "arms");

        // Then
        assertThat(rows).hasSize(3);
        for (int i = 0; i < rows.size(); i++) {
            var arm = report.findings().arms().get(i);
            assertThat(rows.get(i).get(0)).startsWith(arm.name()).endsWith(arm.note());
            assertThat(rows.get(i).get(1)).isEqualTo(Figures.percent(arm.accuracy()));
            assertThat(rows.get(i).get(3)).isEqualTo("4");
        }
        assertThat(rows.get(1).get(1)).isEqualTo("35.0 ± 6.5");
    }

    @Test
    void differencesStandInTheTableAndInThePicture() throws Exception {
        // When
        var page = page();

        // Then
        var difference = report.findings().differences().get(0);
        assertThat(rows(page, "differences").get(0))
                .containsExactly(difference.name(), "+30.0 ± 4.1", "+17.0 to +43.0", "4");
        assertThat(texts(page, "title")).contains("+30.0 ± 4.1");
        assertThat(texts(page, "text")).contains(difference.name());
    }

    @Test
    void everyNumberOfARoundIsShownAndWhatIsMissingIsADash() throws Exception {
        assertThat(rows(page(), "rounds").get(0))
                .containsExactly("1", "35.0 ± 5.0", "–", "not released", "0", "gain < 0 & no more");
    }

    @Test
    void barsOfAHistogramAreAsHighAsTheirCounts() throws Exception {
        // When
        NodeList bars = page().getElementsByTagName("rect");

        // Then
        var heights = IntStream.range(0, bars.getLength())
                .mapToObj(i -> Double.parseDouble(((Element) bars.item(i)).getAttribute("height")))
                .toList();
        assertThat(heights).hasSize(10);
        assertThat(heights.get(3)).isGreaterThan(heights.get(2));
        assertThat(heights.get(2) / heights.get(1)).isCloseTo(2.0, within(0.05));
        assertThat(heights.get(0)).isZero();
    }

    @Test
    void textsOfDocumentsAndModelsStayTexts() throws Exception {
        // When
        var page = page();

        // Then
        assertThat(texts(page, "pre")).contains("</pre><script>", "(nothing)");
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent()).contains("Ada says \"x < y\" & more.");
    }

    @Test
    void pageNeedsNothingFromElsewhere() {
        assertThat(ReportPage.of(report)).doesNotContain("http:", "https:", "src=", "href=", "@import", "url(");
    }

    @Test
    void whatItTakesToDoItAgainIsThere() throws Exception {
        assertThat(page().getDocumentElement().getTextContent())
                .contains(
                        "./seal experiment knowledge --seed 7",
                        "0123abcd, with changes",
                        "b011dead",
                        "ba5e",
                        "c0ffee",
                        "seal.inner-loop.epochs",
                        "library-1.0.jar");
    }

    /** The page is well-formed XML too, so that a parser can check it. */
    private Document page() throws Exception {
        String html = ReportPage.of(report).replaceFirst("<!DOCTYPE html>\n", "");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<List<String>> rows(Document page, String table) {
        var rows = new ArrayList<List<String>>();
        NodeList tables = page.getElementsByTagName("table");
        for (int i = 0; i < tables.getLength(); i++) {
            Element found = (Element) tables.item(i);
            if (found.getAttribute("id").equals(table)) {
                NodeList all = found.getElementsByTagName("tr");
                for (int row = 1; row < all.getLength(); row++) {
                    var cells = new ArrayList<String>();
                    NodeList children = all.item(row).getChildNodes();
                    for (int cell = 0; cell < children.getLength(); cell++) {
                        cells.add(children.item(cell).getTextContent().strip());
                    }
                    rows.add(cells);
                }
            }
        }
        return rows;
    }

    private static List<String> texts(Document page, String tag) {
        NodeList found = page.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }
}
