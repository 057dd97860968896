package dev.sealstream.experiments.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealstream.experiments.continual.ContinualFindings;
import dev.sealstream.experiments.continual.ContinualSettings;
import dev.sealstream.experiments.continual.MethodFindings;
import dev.sealstream.experiments.continual.SequenceResult;
import dev.sealstream.experiments.run.CodeVersion;
import dev.sealstream.experiments.run.Configuration;
import dev.sealstream.experiments.statistics.Summary;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ContinualPageTest {
    private static final ContinualReport REPORT = report();

    @Test
    void pageShowsEveryCellOfTheMatrixAndWhatIsLeft() {
        // When
        String page = ContinualPage.of(REPORT);

        // Then
        assertThat(page).contains("Forgetting matrix: gated", ">71<", ">62<", ">66<", "93 %", "3 of 4");
        assertThat(page).contains("continual-1-1, document 2: fell &lt; 0").doesNotContain("http://", "https://");
    }

    @Test
    void reportSurvivesJson() throws Exception {
        // Given
        var json = new ObjectMapper();

        // When
        var read = json.readValue(json.writeValueAsString(REPORT), ContinualReport.class);

        // Then
        assertThat(read).isEqualTo(REPORT);
    }

    private static ContinualReport report() {
        var some = Summary.of(List.of(0.6, 0.7));
        var sequence = new SequenceResult(
                "continual-1-1",
                List.of(List.of(0.71), List.of(0.62, 0.66)),
                0.02,
                1,
                0.01,
                List.of("document 2: fell < 0"));
        var findings = new MethodFindings(
                "gated", sequence.accuracy(), some, some, 0.93, some, some, some, some, 3, 4, 0.01, List.of(sequence));
        var configuration = new Configuration<>(
                "continual",
                "./seal experiment continual",
                new ContinualSettings("gated", 2, 2, 5, 2, 1, Map.of()),
                null,
                "hash",
                "the tiny model that ships",
                Map.of(),
                Map.of(),
                new CodeVersion("commit", false, "aaaaaaaabbbb", List.of()),
                Map.of());
        return new ContinualReport(configuration, new ContinualFindings(List.of(findings), null), 1, false);
    }
}
