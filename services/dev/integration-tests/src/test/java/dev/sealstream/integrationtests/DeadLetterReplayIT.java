package dev.sealstream.integrationtests;

import dev.sealstream.domain.NewData;
import dev.sealstream.eventstreaming.Topics;
import dev.sealstream.integrationtests.SealCommand.Answer;
import dev.sealstream.tinyworld.TinyWorldDocument;
import dev.sealstream.tinyworld.TinyWorldDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What was refused is sent back at the command line once its cause is gone, and then worked on, once. */
class DeadLetterReplayIT {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final Map<String, String> LITTLE = Map.of("seal.sampling.group-size", "2");

    /** No document fits into the window beside that many written tokens, so all are refused. */
    private static final Map<String, String> FAR_TOO_MUCH = Map.of("seal.sampling.tokens-max", "1000000");

    @Test
    void refusedDocumentsAreReplayedOnceTheirCauseIsGone(@TempDir Path state) throws Exception {
        var documents = TinyWorldDocuments.training(7, 3).stream()
                .map(TinyWorldDocument::newData)
                .toList();
        try (var stack = TestStack.startRemembering(state, FAR_TOO_MUCH, "self-edit-proposer")) {
            // Given
            assertThat(deadLetters(stack, "list").text()).contains("no dead letters");
            stack.send(Topics.NEW_DATA, documents);
            stack.awaitDeadLetters(Topics.NEW_DATA, 3, WITHIN);

            // Then
            everyLetterIsListedAndShown(stack, documents);
            wrongRequestsAreRefused(stack);
        }
        try (var stack = TestStack.startRemembering(state, LITTLE, "self-edit-proposer")) {
            oneIsSentBackAndWorkedOn(stack);
            nothingIsSentBackTwiceUnlessToldTo(stack);
            theOthersAreSentBackTogether(stack, documents);
        }
    }

    private void everyLetterIsListedAndShown(TestStack stack, List<NewData> documents) throws Exception {
        var list = deadLetters(stack, "list", "seal.new-data");
        assertThat(list.code()).isZero();
        assertThat(list.text())
                .contains(documents.get(0).dataId(), "window", "refused by self-edit-proposer", "was seal.new-data-")
                .doesNotContain("replayed");

        var show = deadLetters(stack, "show", "seal.new-data", number(list, 0));
        assertThat(show.code()).isZero();
        assertThat(show.text()).contains("\"context\"", "PassageTooLongException", "attempt 1");
    }

    private void wrongRequestsAreRefused(TestStack stack) throws Exception {
        var absent = deadLetters(stack, "show", "seal.new-data", "999");
        var elsewhere = deadLetters(stack, "replay", "seal.nothing", "--all");
        var neither = deadLetters(stack, "replay", "seal.new-data");

        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.text()).contains("has no dead letter 999", "shows the 3 it has");
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.text()).contains("seal.nothing is not in the catalogue; allowed: seal.new-data");
        assertThat(neither.code()).isEqualTo(2);
        assertThat(neither.text()).contains("neither a number nor --all");
    }

    private void oneIsSentBackAndWorkedOn(TestStack stack) throws Exception {
        // Given
        String first = number(deadLetters(stack, "list", "seal.new-data"), 0);

        // When
        var replay = deadLetters(stack, "replay", "seal.new-data", first, "--by", "Ada");

        // Then
        assertThat(replay.text()).contains("replayed seal.new-data " + first);
        stack.readUntil(Topics.SELF_EDITS, WITHIN, all -> all.size() == 1);
        assertThat(deadLetters(stack, "list").text()).containsOnlyOnce("ago by Ada");
    }

    private void nothingIsSentBackTwiceUnlessToldTo(TestStack stack) throws Exception {
        // Given
        String first = number(deadLetters(stack, "list", "seal.new-data"), 0);

        // When
        var twice = deadLetters(stack, "replay", "seal.new-data", first);
        var again = deadLetters(stack, "replay", "seal.new-data", first, "--again");

        // Then
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.text()).contains("was replayed at", "by Ada", "--again");
        assertThat(again.code()).isZero();
        stack.readUntil(Topics.NEW_DATA, WITHIN, all -> all.size() == 5);
    }

    private void theOthersAreSentBackTogether(TestStack stack, List<NewData> documents) throws Exception {
        // When
        var all = deadLetters(stack, "replay", "seal.new-data", "--all");
        var none = deadLetters(stack, "replay", "seal.new-data", "--all");

        // Then
        assertThat(all.text().lines().filter(line -> line.startsWith("replayed")))
                .hasSize(2);
        assertThat(none.text()).contains("nothing to replay", "3 dead letters, all replayed before");
        var groups = stack.readUntil(
                Topics.SELF_EDITS,
                WITHIN,
                groupsOf -> groupsOf.stream()
                                .map(group -> group.datum().dataId())
                                .distinct()
                                .count()
                        == 3);
        assertThat(groups).allMatch(group -> documents.contains(group.datum()));
    }

    /** The number of the letter in that place of the list. */
    private static String number(Answer list, int index) {
        var numbers = list.text()
                .lines()
                .filter(line -> line.startsWith("seal.new-data "))
                .map(line -> line.split(" ")[1])
                .toList();
        assertThat(numbers).hasSize(3);
        return numbers.get(index);
    }

    private static Answer deadLetters(TestStack stack, String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        all.add("--bootstrap=" + stack.bootstrapServers());
        all.add("--registry=" + stack.processes().registryUrl());
        return SealCommand.run(all);
    }
}
