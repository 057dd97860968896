package dev.sealstream.devstack.cli;

import dev.sealstream.eventstreaming.DeadLetterBox;
import dev.sealstream.eventstreaming.EventCodec;
import dev.sealstream.eventstreaming.Topic;
import picocli.CommandLine.Mixin;

import java.util.function.Function;

/** Options of commands about the dead letters of a running stack. */
final class BoxChoice {

    @Mixin
    private StackChoice stack;

    /** Opens the dead letters of the topic for the work. */
    <T> T open(Topic<?> topic, Function<DeadLetterBox, T> work) throws InterruptedException {
        try (var box = new DeadLetterBox(stack.connection().kafka(), topic)) {
            return work.apply(box);
        }
    }

    /** Opens what decodes records for the work. */
    <T> T decode(Function<EventCodec, T> work) throws InterruptedException {
        try (var codec = new EventCodec(stack.connection().registry())) {
            return work.apply(codec);
        }
    }
}
