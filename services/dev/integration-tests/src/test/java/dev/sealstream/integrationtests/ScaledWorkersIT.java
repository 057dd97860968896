package dev.sealstream.integrationtests;

import dev.sealstream.devstack.ServiceSettings;
import dev.sealstream.devstack.StackService;
import dev.sealstream.domain.AdaptersTrained;
import dev.sealstream.domain.Ids;
import dev.sealstream.domain.NewData;
import dev.sealstream.domain.SelfEdit;
import dev.sealstream.domain.SelfEditsProposed;
import dev.sealstream.domain.Sha256;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two update workers share a topic, and one that is taken away leaves its part to the other: every group is learnt once, and it
 * makes no difference to the bit who learns it. How much faster two are is for {@code ./seal bench scaling} to say.
 */
class ScaledWorkersIT {
    private static final int GROUPS = 24;
    private static final int EDITS = 2;
    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final ServiceSettings ONE = ServiceSettings.named("update-worker");
    private static final ServiceSettings OTHER = ONE.as("update-worker-2");

    @Test
    void workersShareATopicAndTakingOneAwayLosesNothing(@TempDir Path state) throws Exception {
        var settings = Map.of("seal.inner-loop.repeats", "1");
        try (var stack = TestStack.start(state, settings, List.of(ONE, OTHER))) {
            // Given
            var groups = groups(baseHash(state));
            var one = stack.processes().service(ONE.name());
            var other = stack.processes().service(OTHER.name());

            // When
            stack.send(Topics.SELF_EDITS, groups);
            Infrastructure.await("work done by both", () -> done(one) > 1 && done(other) > 1);
            other.stop();

            // Then
            assertThat(updates(stack, 0)).as("updates when one is taken away").hasSizeLessThan(GROUPS);
            var shared = updates(stack, GROUPS);

            // When
            stack.send(Topics.SELF_EDITS, groups);
            var all = updates(stack, 2 * GROUPS);

            // Then
            assertThat(shared)
                    .extracting(trained -> trained.proposal().rolloutGroupId())
                    .containsExactlyInAnyOrderElementsOf(groups.stream()
                            .map(SelfEditsProposed::rolloutGroupId)
                            .toList());
            assertThat(shared)
                    .allSatisfy(trained ->
                            assertThat(trained.updates()).hasSize(EDITS).allMatch(update -> update.failure() == null));
            assertThat(all).hasSize(2 * GROUPS);
            assertThat(shared).allSatisfy(trained -> assertThat(all.stream().filter(trained::equals))
                    .hasSize(2));
        }
    }

    private static List<AdaptersTrained> updates(TestStack stack, int count) {
        return stack.readUntil(Topics.UPDATES, WITHIN, all -> all.size() >= count);
    }

    private static double done(StackService worker) {
        return Exported.by(List.of(worker)).sum("seal_stage_emitted_total");
    }

    private static String baseHash(Path state) throws IOException {
        return Sha256.hex(Files.readAllBytes(state.resolve("model").resolve("model.safetensors")));
    }

    /** As a client may write them: a document's ideal edit, and half of it. */
    private static List<SelfEditsProposed> groups(String weightsHash) {
        return TinyWorldDocuments.training(71, GROUPS).stream()
                .map(document -> group(document, weightsHash))
                .toList();
    }

    private static SelfEditsProposed group(TinyWorldDocument document, String weightsHash) {
        NewData datum = document.newData();
        String id = Ids.rolloutGroup(datum.dataId(), 0);
        var edits = IntStream.range(0, EDITS)
                .mapToObj(index -> edit(
                        id,
                        index,
                        document.idealEdit().subList(0, document.idealEdit().size() / (index + 1))))
                .toList();
        return new SelfEditsProposed(id, datum, 0, weightsHash, datum.prompt(), edits);
    }

    private static SelfEdit edit(String group, int index, List<String> sequences) {
        return new SelfEdit(
                Ids.selfEdit(group, index),
                index,
                String.join("\n", sequences),
                sequences,
                null,
                new int[0],
                new float[0]);
    }
}
