package dev.sealstream.console;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class EventFeedTest {
    private final EventFeed<Integer> feed = new EventFeed<>(3);

    @Test
    void newestComeFirstAndTheOldestAreDropped() {
        feed.add(List.of(1, 2, 3, 4));

        assertThat(feed.latest(2)).containsExactly(4, 3);
        assertThat(feed.latest(10)).containsExactly(4, 3, 2);
        assertThat(feed.latest(0)).isEmpty();
        assertThat(feed.latest(-1)).isEmpty();
    }

    @Test
    void listenerHearsWhatIsKeptAndThenWhatComes() {
        feed.add(List.of(1, 2));
        var listener = feed.stream(1).subscribe().withSubscriber(AssertSubscriber.create(10));

        feed.add(List.of(3, 4));

        listener.assertItems(2, 3, 4);
    }

    @Test
    void listenerThatLeftHearsNothingMore() {
        var listener = feed.stream(0).subscribe().withSubscriber(AssertSubscriber.create(10));
        feed.add(List.of(1));
        listener.cancel();

        feed.add(List.of(2));

        listener.assertItems(1);
    }

    @Test
    void listenerThatFallsBehindIsCutOffAndOthersGoOn() {
        var slow = feed.stream(0).subscribe().withSubscriber(AssertSubscriber.create(0));
        var quick = feed.stream(0).subscribe().withSubscriber(AssertSubscriber.create(100));

        for (int i = 0; i < 10; i++) {
            feed.add(List.of(i));
        }

        slow.assertFailedWith(Exception.class);
        assertThat(quick.getItems()).hasSize(10);
    }

    @Test
    void clearedFeedStartsOver() {
        feed.add(List.of(1, 2));
        feed.clear();
        feed.add(List.of(3));

        assertThat(feed.latest(10)).containsExactly(3);
    }
}
