package dev.sealstream.tinyworld;

import org.junit.jupiter.api.Test;

import java.util.HashSet;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {
    @Test
    void everyNameIsInExactlyOneGroup() {
        int names = 0;
        var distinct = new HashSet<String>();
        for (Names.Group group : Names.Group.values()) {
            names += Names.all(group).size();
            distinct.addAll(Names.all(group));
        }

        assertThat(Names.SYLLABLES).hasSize(64).doesNotHaveDuplicates();
        assertThat(names).isEqualTo(64 * 64);
        assertThat(distinct.size()).isGreaterThan(4000);
        assertThat(Names.all(Names.Group.TRAINING_DOCUMENTS).size()).isGreaterThan(350);
        assertThat(Names.all(Names.Group.BENCHMARK_DOCUMENTS).size()).isGreaterThan(350);
    }
}
