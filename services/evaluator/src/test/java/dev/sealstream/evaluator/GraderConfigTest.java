package dev.sealstream.evaluator;

import dev.sealstream.policymodel.ClosedBookExam;
import dev.sealstream.policymodel.Exam;
import dev.sealstream.policymodel.LogProbabilityExam;
import dev.sealstream.policymodel.PromptForm;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GraderConfigTest {

    @Test
    void defaultsAreExactMatchAndRepeatsWhereTheRankingIsUncertain() {
        var config = config(Map.of());

        assertThat(config.getConfigMapping(GraderConfig.class).name()).isEqualTo("exact-match");
        assertThat(config.getConfigMapping(EvaluatorConfig.class).repeatRule().repeatsMax())
                .isEqualTo(6);
        var judge = config.getConfigMapping(JudgeConfig.class);
        assertThat(judge.url()).isEmpty();
        assertThat(judge.apiKey()).isEmpty();
        assertThat(judge.attempts()).isEqualTo(4);
        assertThat(judge.concurrency()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact-match", "f1", "contains"})
    void textGradersGradeAClosedBookExam(String grader) {
        assertThat(exam(Map.of("seal.grader", grader))).isInstanceOf(ClosedBookExam.class);
    }

    @Test
    void logProbabilityScoresWithoutAsking() {
        assertThat(exam(Map.of("seal.grader", "log-probability"))).isInstanceOf(LogProbabilityExam.class);
    }

    @Test
    void judgeNeedsAnAddress() {
        assertThatThrownBy(() -> exam(Map.of("seal.grader", "judge"))).hasMessageContaining("seal.judge.url");
    }

    @Test
    void unknownGraderIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> exam(Map.of("seal.grader", "bleu")))
                .hasMessageContaining("'bleu'")
                .hasMessageContaining("exact-match, f1, contains, log-probability, judge");
    }

    private static Exam exam(Map<String, String> settings) {
        var config = config(settings);
        return config.getConfigMapping(GraderConfig.class)
                .exam(64, PromptForm.BASE, config.getConfigMapping(JudgeConfig.class)::judge);
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(GraderConfig.class)
                .withMapping(JudgeConfig.class)
                .withMapping(EvaluatorConfig.class)
                .build();
    }
}
