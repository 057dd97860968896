package dev.sealstream.eventstreaming;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ClientSecurityTest {
    @Test
    void securityReachesTheClientsAndNothingElseDoes() {
        // When
        var settings = ClientSecurity.of(Map.of(
                "kafka.security.protocol", "SASL_SSL",
                "kafka.ssl.truststore.type", "PEM",
                "kafka.acks", "0",
                "seal.kafka.bootstrap-servers", "somewhere:9092"));

        // Then
        assertThat(settings).isEqualTo(Map.of("security.protocol", "SASL_SSL", "ssl.truststore.type", "PEM"));
    }

    @Test
    void environmentHasTheSameNamesInCapitals() {
        var settings = ClientSecurity.of(Map.of("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512", "KAFKA_HEAP_OPTS", "-Xmx1g"));

        assertThat(settings).isEqualTo(Map.of("sasl.mechanism", "SCRAM-SHA-512"));
    }

    @Test
    void secretsAreNotShown() {
        var settings = new KafkaSettings("b:9092", "http://r", Map.of("sasl.jaas.config", "password=\"hush\""));
        var access = new RegistryAccess("https://r", "ada", "hush", null);

        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hush");
        assertThat(access.toString()).isEqualTo("registry https://r as ada");
    }
}
