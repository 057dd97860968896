package dev.sealstream.experiments.run;

import dev.sealstream.experiments.report.KnowledgeReport;
import dev.sealstream.experiments.report.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunFolderTest {
    private static final Configuration<?> FIRST = Reports.configuration(1, "aaaaaaaa");

    @TempDir
    Path runs;

    @Test
    void unfinishedRunIsFoundAgain() {
        // Given
        var begun = RunFolder.find(runs, FIRST, false);
        begun.begin(FIRST);

        // When
        var found = RunFolder.find(runs, FIRST, false);

        // Then
        assertThat(found.directory()).isEqualTo(begun.directory());
        assertThat(found.isBegun()).isTrue();
        assertThat(found.isFinished()).isFalse();
    }

    @Test
    void otherSettingsOrOtherCodeAreAnotherRun() {
        // Given
        RunFolder.find(runs, FIRST, false).begin(FIRST);

        // When, then
        assertThat(RunFolder.find(runs, Reports.configuration(2, "aaaaaaaa"), false)
                        .isBegun())
                .isFalse();
        assertThat(RunFolder.find(runs, Reports.configuration(1, "bbbbbbbb"), false)
                        .isBegun())
                .isFalse();
        assertThat(RunFolder.unfinishedWithOtherCode(runs, Reports.configuration(1, "bbbbbbbb")))
                .contains(RunFolder.find(runs, FIRST, false).directory());
        assertThat(RunFolder.unfinishedWithOtherCode(runs, FIRST)).isEmpty();
    }

    @Test
    void finishedRunKeepsItsReportAndAgainBeginsANewOne() {
        // Given
        var first = RunFolder.find(runs, FIRST, false);
        first.begin(FIRST);
        first.finish("<html></html>", Reports.small());

        // When
        var again = RunFolder.find(runs, FIRST, true);
        again.begin(FIRST);

        // Then
        assertThat(first.isFinished()).isTrue();
        assertThat(first.report(KnowledgeReport.class)).isEqualTo(Reports.small());
        assertThat(again.directory()).isNotEqualTo(first.directory());
        assertThat(again.isFinished()).isFalse();
        assertThat(RunFolder.find(runs, FIRST, false).directory()).isEqualTo(again.directory());
    }

    @Test
    void namedFolderWithAnotherRunIsRefused() throws IOException {
        // Given
        Path out = runs.resolve("mine");
        RunFolder.at(out, FIRST, false).begin(FIRST);

        // When, then
        assertThat(RunFolder.at(out, FIRST, false).isBegun()).isTrue();
        assertThatThrownBy(() -> RunFolder.at(out, Reports.configuration(2, "aaaaaaaa"), false))
                .hasMessageContaining("other settings, documents, model or code")
                .hasMessageContaining("--out");
        assertThatThrownBy(() -> RunFolder.at(out, FIRST, true)).hasMessageContaining("name a new folder");
        assertThat(Files.readString(out.resolve("configuration.json"))).contains(FIRST.identity());
    }
}
