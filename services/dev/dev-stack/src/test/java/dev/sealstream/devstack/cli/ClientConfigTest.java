package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientConfigTest {
    @TempDir
    private Path directory;

    @Test
    void kafkasNamesReachTheClientsAndThoseOfTheRegistryReachTheRegistry() throws IOException {
        // Given
        Path file = file("""
                bootstrap.servers=kafka:9093
                security.protocol=SASL_SSL
                sasl.jaas.config=a.Module required username="ada" password="hush";
                registry.url=https://registry
                registry.username=ada
                registry.password=hush-too
                registry.truststore=/ca.crt
                """);

        // When
        var config = ClientConfig.of(file, Map.of());
        var connection = config.connection("kafka:9093", "https://registry");

        // Then
        assertThat(config.bootstrapServers()).contains("kafka:9093");
        assertThat(config.registryUrl()).contains("https://registry");
        assertThat(connection.kafka().extra())
                .containsOnlyKeys("security.protocol", "sasl.jaas.config")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(connection.registry().password()).isEqualTo("hush-too");
        assertThat(connection.registry().truststore()).isEqualTo(Path.of("/ca.crt"));
        assertThat(connection.toString()).doesNotContain("hush");
    }

    @Test
    void environmentNamesTheFileUnlessTheCommandLineDoes() throws IOException {
        Path file = file("registry.url=http://of-the-environment");
        Path other = Files.writeString(directory.resolve("other"), "registry.url=http://of-the-option");
        var environment = Map.of(ClientConfig.VARIABLE, file.toString());

        assertThat(ClientConfig.of(null, environment).registryUrl()).contains("http://of-the-environment");
        assertThat(ClientConfig.of(other, environment).registryUrl()).contains("http://of-the-option");
        assertThat(ClientConfig.of(null, Map.of()).registryUrl()).isEmpty();
    }

    @Test
    void missingFileIsNamedWithWhereItWasNamed() {
        assertThatThrownBy(() -> ClientConfig.of(directory.resolve("absent"), Map.of()))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("--client-config is " + directory.resolve("absent") + ", which cannot be read");
        assertThatThrownBy(() -> ClientConfig.of(null, Map.of(ClientConfig.VARIABLE, "absent")))
                .hasMessageStartingWith("SEAL_CLIENT_CONFIG is absent, which cannot be read");
    }

    @Test
    void keyThatMeansNothingIsRefusedAndNoValueShown() throws IOException {
        Path misspelt = file("ssl.truststore.place=hush");
        Path notOurs = Files.writeString(directory.resolve("other"), "max.poll.records=hush");

        assertThatThrownBy(() -> ClientConfig.of(misspelt, Map.of()))
                .hasMessageContaining("has the key ssl.truststore.place; allowed: Kafka's bootstrap.servers,"
                        + " security.protocol, sasl.… and ssl.…, and registry.url")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> ClientConfig.of(notOurs, Map.of())).hasMessageContaining("the key max.poll.records");
    }

    @Test
    void fileWithoutAPublicKeyIsRefused() throws IOException {
        Path empty = Files.writeString(directory.resolve("gate.pub"), "");
        var config = ClientConfig.of(file("checkpoints.public-keys=" + empty), Map.of());

        assertThatThrownBy(() -> config.connection("kafka:9093", "http://registry"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("gate.pub holds no public key");
    }

    @Test
    void passwordWithoutANameIsRefused() throws IOException {
        var config = ClientConfig.of(file("registry.password=hush"), Map.of());

        assertThatThrownBy(() -> config.connection("kafka:9093", "https://registry"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("registry https://registry has a password and no username")
                .hasMessageNotContaining("hush");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("client.properties"), text);
    }
}
