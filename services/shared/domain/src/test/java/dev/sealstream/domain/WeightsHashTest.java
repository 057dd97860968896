package dev.sealstream.domain;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WeightsHashTest {
    private static final String ZEROS = "0".repeat(64);

    /** Reference value: {@code head -c 64 /dev/zero | sha256sum}. */
    @Test
    void chainIsTheSha256OfBothHashesAsRawBytes() {
        assertThat(WeightsHash.chain(ZEROS, ZEROS))
                .isEqualTo("f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
    }

    @Test
    void orderOfDeltasMatters() {
        String a = Sha256.hex("a");
        String b = Sha256.hex("b");

        assertThat(WeightsHash.chain(WeightsHash.chain(ZEROS, a), b))
                .isNotEqualTo(WeightsHash.chain(WeightsHash.chain(ZEROS, b), a));
    }

    @Test
    void textThatIsNoHashIsRefused() {
        assertThatThrownBy(() -> WeightsHash.chain("head", ZEROS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void releaseWhoseHashIsNotItsParentsAndDeltasIsRefused() {
        var good = Examples.release(Lineage.base("main", Examples.BASE_HASH), "c1");

        assertThatThrownBy(() -> new CheckpointDecision.Released(
                        "main",
                        1,
                        0,
                        good.parentWeightsHash(),
                        ZEROS,
                        good.candidate(),
                        good.evidence(),
                        null,
                        good.reason()))
                .hasMessageContaining(ZEROS)
                .hasMessageContaining("do not use these weights");
    }

    @Test
    void adapterReferenceHashCoversConfigurationAndWeights() {
        var one = Examples.adapter("one");
        var two = Examples.adapter("two");

        assertThat(new AdapterReference(one.configuration(), two.weights()).sha256())
                .isNotEqualTo(one.sha256())
                .isNotEqualTo(two.sha256());
    }
}
