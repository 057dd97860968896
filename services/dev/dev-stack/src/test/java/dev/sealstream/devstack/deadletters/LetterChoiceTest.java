package dev.sealstream.devstack.deadletters;

import dev.sealstream.devstack.process.StackException;
import dev.sealstream.eventstreaming.DeadLetter;
import dev.sealstream.eventstreaming.KeptDeadLetter;
import dev.sealstream.eventstreaming.Topics;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LetterChoiceTest {
    private static final KeptDeadLetter FRESH = letter(3, null);
    private static final KeptDeadLetter REPLAYED = letter(5, new KeptDeadLetter.Replay(Instant.EPOCH, "Ada"));
    private static final List<KeptDeadLetter> LETTERS = List.of(FRESH, REPLAYED);

    @Test
    void topicIsFoundByItsNameAndByThatOfItsDeadLetters() {
        assertThat(LetterChoice.topic("seal.updates")).isSameAs(Topics.UPDATES);
        assertThat(LetterChoice.topic("seal.updates.dead-letters")).isSameAs(Topics.UPDATES);
        assertThatThrownBy(() -> LetterChoice.topic("seal.update"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("seal.update is not in the catalogue; allowed: seal.new-data");
    }

    @Test
    void letterThatIsNotThereIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> LetterChoice.one(Topics.UPDATES, 4, LETTERS))
                .hasMessageContaining("no dead letter 4; ./seal dead-letters list seal.updates shows the 2 it has");
        assertThatThrownBy(() -> LetterChoice.one(Topics.UPDATES, 4, List.of()))
                .hasMessageContaining("it has none at all");
    }

    @Test
    void replayedLetterIsReplayedAgainOnlyWhenToldTo() {
        assertThat(LetterChoice.toReplay(Topics.UPDATES, 3, LETTERS, false)).isSameAs(FRESH);
        assertThat(LetterChoice.toReplay(Topics.UPDATES, 5, LETTERS, true)).isSameAs(REPLAYED);
        assertThatThrownBy(() -> LetterChoice.toReplay(Topics.UPDATES, 5, LETTERS, false))
                .hasMessageContaining("dead letter 5 of seal.updates was replayed at 1970-01-01T00:00:00Z by Ada")
                .hasMessageContaining("--again");
    }

    @Test
    void allLeavesOutWhatWasReplayed() {
        assertThat(LetterChoice.allToReplay(LETTERS, false)).containsExactly(FRESH);
        assertThat(LetterChoice.allToReplay(LETTERS, true)).isEqualTo(LETTERS);
    }

    private static KeptDeadLetter letter(long offset, KeptDeadLetter.Replay replay) {
        var letter = new DeadLetter(null, null, "seal.updates-0@1", "odd", "a-stage", "", 1);
        return new KeptDeadLetter(Topics.UPDATES, offset, Instant.EPOCH, letter, List.of(), replay);
    }
}
