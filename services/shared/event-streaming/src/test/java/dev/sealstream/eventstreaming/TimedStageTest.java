package dev.sealstream.eventstreaming;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimedStageTest {
    @Test
    void taskThatDoesNotEndIsInHandAllTheWhile() throws InterruptedException {
        // Given
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var stage = new TimedStage<String>(event -> {
            begun.countDown();
            await(end);
            return Result.hold();
        });
        assertThat(stage.inHandFor()).isZero();

        // When
        var work = CompletableFuture.runAsync(() -> stage.process("forever"));
        begun.await();

        // Then
        var early = stage.inHandFor();
        assertThat(early).isPositive();
        assertThat(stage.inHandFor()).isGreaterThan(early);
        end.countDown();
        work.join();
        assertThat(stage.inHandFor()).isZero();
    }

    @Test
    void taskThatFailedIsNotInHand() {
        var stage = new TimedStage<String>(event -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> stage.process("one")).hasMessage("broken");
        assertThat(stage.inHandFor()).isEqualTo(Duration.ZERO);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
