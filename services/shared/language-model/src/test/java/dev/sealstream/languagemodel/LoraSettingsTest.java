package dev.sealstream.languagemodel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Expectations are PEFT's documented rules for target_modules, exclude_modules, layers_to_transform and the patterns. */
class LoraSettingsTest {
    private static final String Q0 = "model.layers.0.self_attn.q_proj";
    private static final String Q1 = "model.layers.1.self_attn.q_proj";
    private static final String Q10 = "model.layers.10.self_attn.q_proj";
    private static final String V1 = "model.layers.1.self_attn.v_proj";
    private static final String DOWN1 = "model.layers.1.mlp.down_proj";
    private static final String HEAD = "lm_head";
    private static final String GPT_ATTENTION = "transformer.h.0.attn.c_proj";
    private static final String GPT_MLP = "transformer.h.1.mlp.c_proj";
    private static final List<String> ALL = List.of(Q0, Q1, Q10, V1, DOWN1, HEAD, GPT_ATTENTION, GPT_MLP);

    static Stream<Arguments> targetsOfPeft() {
        return Stream.of(
                arguments("a name is the last part of a path", names("q_proj"), List.of(Q0, Q1, Q10)),
                arguments("several names", names("q_proj", "v_proj"), List.of(Q0, Q1, Q10, V1)),
                arguments("a name may have several parts", names("mlp.c_proj"), List.of(GPT_MLP)),
                arguments("a name ends at a dot", names("proj"), List.of()),
                arguments("a name is no part from the middle", names("self_attn"), List.of()),
                arguments("a whole path", names(Q1), List.of(Q1)),
                arguments("the head, if named", names(HEAD), List.of(HEAD)),
                arguments(
                        "every linear module but the head",
                        ModuleSelection.of("All-Linear"),
                        List.of(Q0, Q1, Q10, V1, DOWN1, GPT_ATTENTION, GPT_MLP)),
                arguments("a regular expression", regex(".*\\.(q|v)_proj"), List.of(Q0, Q1, Q10, V1)),
                arguments("a regular expression takes the whole path", regex("q_proj"), List.of()),
                arguments("Python's named groups", regex(".*\\.(?P<n>1)\\.mlp\\..*"), List.of(DOWN1, GPT_MLP)),
                arguments(
                        "a wildcard is one part of a path",
                        names("model.layers.*.self_attn.q_proj"),
                        List.of(Q0, Q1, Q10)),
                arguments("a wildcard within a part", names("layers.1*.self_attn.*_proj"), List.of(Q1, Q10, V1)),
                arguments("a wildcard spans no dot", names("model.*.q_proj"), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targetsOfPeft")
    void modulesAreTargetedAsInPeft(String rule, ModuleSelection targets, List<String> expected) {
        LoraSettings settings = new LoraSettings(4, 8, targets);

        assertThat(ALL.stream().filter(settings::targets)).as(rule).containsExactlyElementsOf(expected);
    }

    @Test
    void excludedModulesAreNotAdapted() {
        LoraSettings settings = new LoraSettings(4, 8, LoraSettings.ALL_LINEAR);

        assertThat(targeted(settings.withExcludeModules(names("q_proj", DOWN1))))
                .containsExactly(V1, GPT_ATTENTION, GPT_MLP);
        assertThat(targeted(settings.withExcludeModules(regex("model\\.layers\\.1\\..*"))))
                .containsExactly(Q0, Q10, GPT_ATTENTION, GPT_MLP);
    }

    @Test
    void layersNarrowNamesButNotWholePaths() {
        LoraSettings settings = new LoraSettings(4, 8, names("q_proj", "c_proj", Q10));

        assertThat(targeted(settings.withLayers(List.of(1), List.of()))).containsExactly(Q1, Q10, GPT_MLP);
        assertThat(targeted(settings.withLayers(List.of(0, 1), List.of("layers"))))
                .containsExactly(Q0, Q1, Q10);
        assertThat(targeted(settings.withLayers(List.of(0), List.of("layers", "h"))))
                .containsExactly(Q0, Q10, GPT_ATTENTION);
    }

    @Test
    void firstPatternThatMatchesGivesRankAndAlpha() {
        // Given
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("layers.1.self_attn.q_proj", 8);
        ranks.put("q_proj", 2);
        ranks.put("^model.layers.\\d+.mlp.*", 16);
        LoraSettings settings =
                new LoraSettings(4, 8, LoraSettings.ALL_LINEAR).withPatterns(ranks, Map.of("[qv]_proj", 6.0));

        // Then
        assertThat(settings.rank(Q0)).isEqualTo(2);
        assertThat(settings.rank(Q1)).isEqualTo(8);
        assertThat(settings.rank(V1)).isEqualTo(4);
        assertThat(settings.rank(DOWN1)).isEqualTo(16);
        assertThat(settings.rank(GPT_MLP)).isEqualTo(4);
        assertThat(settings.scale(Q0)).isEqualTo(3);
        assertThat(settings.scale(V1)).isEqualTo(1.5);
        assertThat(settings.scale(DOWN1)).isEqualTo(0.5);
    }

    @Test
    void rsLoraDividesByTheRootOfTheModulesOwnRank() {
        LoraSettings settings = new LoraSettings(4, 8, LoraSettings.ALL_LINEAR)
                .withPatterns(Map.of("v_proj", 3), Map.of())
                .withRsLora(true);

        assertThat(settings.scale(Q0)).isEqualTo(4);
        assertThat(settings.scale(V1)).isCloseTo(8 / Math.sqrt(3), within(1e-15));
    }

    @Test
    void settingsThatMatchNoModuleAreRefusedWithTheModelsNames() {
        ModelConfig config = TinyModels.llama();

        assertThatThrownBy(() -> new AdapterShape(config, new LoraSettings(4, 8, List.of("c_attn"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[c_attn]")
                .hasMessageContaining("model.layers.*.self_attn.q_proj")
                .hasMessageContaining("model.layers.*.mlp.down_proj");
    }

    @Test
    void contradictionsAreRefused() {
        List<Runnable> faults = new ArrayList<>();
        LoraSettings settings = new LoraSettings(4, 8, LoraSettings.ALL_LINEAR);
        faults.add(() -> new LoraSettings(0, 8, LoraSettings.ALL_LINEAR));
        faults.add(() -> new LoraSettings(4, Double.NaN, LoraSettings.ALL_LINEAR));
        faults.add(() -> new LoraSettings(4, 8, List.of()));
        faults.add(() -> regex("(q_proj"));
        faults.add(() -> settings.withPatterns(Map.of("q_proj", 0), Map.of()));
        faults.add(() -> settings.withPatterns(Map.of("q_proj(", 1), Map.of()));
        faults.add(() -> settings.withLayers(List.of(1), List.of()));
        faults.add(() -> new LoraSettings(4, 8, names("q_proj")).withLayers(List.of(-1), List.of()));
        faults.add(() -> new LoraSettings(4, 8, names("q_proj")).withLayers(List.of(), List.of("layers")));

        assertThat(faults)
                .allSatisfy(fault -> assertThatThrownBy(fault::run).isInstanceOf(IllegalArgumentException.class));
    }

    private static ModuleSelection names(String... names) {
        return new ModuleSelection.Names(List.of(names));
    }

    private static ModuleSelection regex(String expression) {
        return new ModuleSelection.Regex(expression);
    }

    private static Stream<String> targeted(LoraSettings settings) {
        return ALL.stream().filter(settings::targets);
    }
}
