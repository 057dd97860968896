package dev.sealstream.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceSettingsTest {
    @ParameterizedTest
    @MethodSource("services")
    void everyServiceReadsWhereBrokerAndRegistryAre(String service) {
        assertThat(new ServiceCode(service).settings())
                .containsKeys("seal.kafka.bootstrap-servers", "seal.registry.url");
    }

    @Test
    void settingsOfAMappingAreFoundWithTheirDefaults() {
        assertThat(new ServiceCode("evaluator").settings())
                .containsEntry("seal.work.grace-period", "30s")
                .containsEntry("seal.grader", "exact-match")
                .containsKey("seal.judge.api-key");
    }

    @Test
    void variableThatMeansNothingIsFound() {
        // Given
        var environment = Map.of("SEAL_WORK_GRACEPERIOD", "1m", "SEAL_WORK_GRACE_PERIOD", "1m");

        // Then
        assertThat(ServiceEnvironment.unknown("evaluator", environment)).containsExactly("SEAL_WORK_GRACEPERIOD");
        assertThat(ServiceEnvironment.unknown("console", environment)).hasSize(2);
    }

    @Test
    void securityOfKafkaClientsGoesByTheNamesThatClientsKnow() {
        // Given
        var environment = Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SASL_JAAS_CONFIG", "",
                "KAFKA_SASL_MECHANISMS", "SCRAM-SHA-512",
                "KAFKA_SSL_TRUSTSTORE", "/kafka-ca/ca.crt",
                "KAFKA_MAX_POLL_RECORDS", "1");

        // Then
        assertThat(ServiceEnvironment.unknown("evaluator", environment))
                .containsExactly("KAFKA_MAX_POLL_RECORDS", "KAFKA_SASL_MECHANISMS", "KAFKA_SSL_TRUSTSTORE");
    }

    @ParameterizedTest
    @MethodSource("services")
    void healthAndMetricsStayWhereQuarkusPutsThem(String service) {
        assertThat(new ServiceCode(service).applicationProperties().keySet())
                .noneMatch(
                        key -> key.contains("root-path") || key.endsWith("metrics.path") || key.contains("management"));
    }

    static List<String> services() {
        return Repository.services();
    }
}
