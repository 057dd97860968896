package dev.sealstream.domain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SnapshotTakenTest {
    private static final ArtifactReference FILE = new ArtifactReference("store:a", 7, Sha256.hex("a"));

    @Test
    void filesAreOrderedAndTheirSizesAddUp() {
        var snapshot = snapshot(3, Map.of("model.safetensors", FILE, "config.json", FILE));

        assertThat(snapshot.files())
                .containsExactly(Map.entry("config.json", FILE), Map.entry("model.safetensors", FILE));
        assertThat(snapshot.bytes()).isEqualTo(14);
        assertThat(snapshot.hashes()).containsExactly(FILE.sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../model.safetensors", "/etc/passwd", "a/b", "..", ".hidden", ""})
    void fileThatWouldLieElsewhereIsRefused(String name) {
        assertThatThrownBy(() -> snapshot(3, Map.of(name, FILE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void baseHasNoSnapshotAndNoSnapshotIsEmpty() {
        assertThatThrownBy(() -> snapshot(0, Map.of("config.json", FILE))).hasMessageContaining("version 0");
        assertThatThrownBy(() -> snapshot(1, Map.of())).hasMessageContaining("no files");
    }

    private static SnapshotTaken snapshot(long version, Map<String, ArtifactReference> files) {
        return new SnapshotTaken("main", version, Sha256.hex("weights"), files, List.of());
    }
}
