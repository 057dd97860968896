package dev.sealstream.devstack.lineage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogPageTest {
    @Test
    void newestComesFirstWithEvidenceWhoAndWhy() {
        // Given
        var story = new Story();

        // When
        var lines = LogPage.of(story.history(), Ink.NONE);

        // Then
        assertThat(String.join("\n", lines)).isEqualTo("""
                Lineage main: the head is version 4; 4 released, 1 rejected, 1 waits for a person

                proposed  policy
                    candidate   main@4+later
                    trained on  version 4

                waits for a person  policy
                    candidate   main@4+policy
                    measured on version 4
                    evidence    50.0 % → 75.0 % on 2 held-out documents (+25.0 ± 0.0); earlier data 90.0 % → 80.0 %
                    guard       weight change has norm 9, allowed: at most 5
                    decide      ./seal show main@4+policy, then ./seal approve or ./seal reject

                version 4 (head)  knowledge of bern
                    candidate   main@1+bern
                    parent      version 1, weights <4>
                    evidence    60.0 % → 60.0 % on 64 held-out documents (+0.0 ± 0.4); own questions 25.0 % → 100.0 %
                    why         gain on the benchmark is real

                rolled back  head moved to version 1 by Eve: it forgot the capitals

                version 3  policy
                    candidate   main@2+policy
                    parent      version 2, weights <3>
                    evidence    61.0 % → 70.0 % on 64 held-out documents (+9.0 ± 0.4)
                    why         gain on the benchmark is real
                    approved by Ada: it reads well

                rejected  policy
                    candidate   main@2+worse
                    parent      version 2
                    evidence    61.0 % → 58.0 % on 64 held-out documents (-3.0 ± 0.4)
                    why         gain on the benchmark is too small

                version 2  knowledge of ada
                    candidate   main@1+ada
                    parent      version 1, weights <2>
                    evidence    60.0 % → 61.0 % on 64 held-out documents (+1.0 ± 0.4); own questions 0.0 % → 75.0 %
                    why         gain on the benchmark is real

                version 1  policy
                    candidate   main@0+policy
                    parent      the base model, weights <1>
                    evidence    50.0 % → 60.0 % on 64 held-out documents (+10.0 ± 0.4)
                    why         gain on the benchmark is real

                version 0  the base model""".replace("<4>", Words.hash(story.hashes.get(4L)))
                .replace("<3>", Words.hash(story.hashes.get(3L)))
                .replace("<2>", Words.hash(story.hashes.get(2L)))
                .replace("<1>", Words.hash(story.hashes.get(1L))));
    }
}
