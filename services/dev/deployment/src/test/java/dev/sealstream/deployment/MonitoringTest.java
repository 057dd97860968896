package dev.sealstream.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Dashboard and alerts ask for metrics that services export, and every alert has its page. */
class MonitoringTest {
    private static final Set<String> EXPORTED = ExportedMetrics.names();

    @Test
    void alertsAskForMetricsThatAreExported() {
        assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            var metrics = PromQl.metrics(alert.path("expr").asText());
            assertThat(metrics).isNotEmpty();
            assertThat(EXPORTED).containsAll(metrics);
        });
    }

    @Test
    void panelsAskForMetricsThatAreExported() throws IOException {
        assertThat(expressions()).hasSizeGreaterThan(20).allSatisfy(expression -> {
            var metrics = PromQl.metrics(expression);
            assertThat(metrics).isNotEmpty();
            assertThat(EXPORTED).containsAll(metrics);
        });
    }

    @Test
    void everyMetricOfOursIsOnTheDashboard() throws IOException {
        var shown = expressions().stream()
                .flatMap(expression -> PromQl.metrics(expression).stream())
                .map(MonitoringTest::family)
                .collect(Collectors.toSet());

        var ours = EXPORTED.stream()
                .filter(name -> name.startsWith("seal_"))
                .map(MonitoringTest::family)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(shown).containsAll(ours);
    }

    @Test
    void namesOfMetricsAreFoundInExpressions() {
        assertThat(PromQl.metrics(
                        "sum by (stage, topic) (rate(a_total{x=\"b_c\"}[5m])) / max(d) > 0.9 * e and on (i) f"))
                .containsExactly("a_total", "d", "e", "f");
    }

    @Test
    void metricThatNobodyExportsIsMissed() {
        assertThat(EXPORTED).contains("seal_reward_sum").doesNotContain("seal_rewards_sum");
    }

    @Test
    void panelsAreWholeAndApart() throws IOException {
        // Given
        var panels = list(dashboard().path("panels"));

        // Then
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .extracting(panel -> panel.at("/gridPos/x").asInt() + ","
                        + panel.at("/gridPos/y").asInt())
                .doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel -> !panel.path("type").asText().equals("row"))
                .allSatisfy(panel -> {
                    assertThat(panel.path("description").asText()).isNotBlank();
                    assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                    assertThat(panel.path("targets")).isNotEmpty();
                });
        assertThat(dashboard().at("/templating/list/0/name").asText()).isEqualTo("datasource");
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() {
        // Given
        var runbooks = Repository.ROOT.resolve("docs/runbooks");
        var index = Repository.text(runbooks.resolve("README.md"));

        // When
        var named = alerts().stream()
                .map(alert -> alert.at("/annotations/runbook").asText())
                .toList();

        // Then
        assertThat(Repository.files(runbooks, ".md").stream()
                        .map(file -> Repository.ROOT.relativize(file).toString())
                        .filter(file -> !file.endsWith("README.md")))
                .containsExactlyInAnyOrderElementsOf(named);
        assertThat(alerts()).allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(Repository.text(alert.at("/annotations/runbook").asText()))
                    .startsWith("# " + name + "\n");
            assertThat(index).contains("| " + name + " |");
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
        });
    }

    private static List<JsonNode> alerts() {
        var file = Manifests.documents(Repository.ALERTS).get(0);
        var rules = new ArrayList<JsonNode>();
        file.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static List<String> expressions() throws IOException {
        return dashboard().findValuesAsText("expr");
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(Repository.text(Repository.DASHBOARD));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** The metric behind the series that a timer or a summary has. */
    private static String family(String series) {
        return series.replaceAll("_(count|sum|max)$", "");
    }
}
