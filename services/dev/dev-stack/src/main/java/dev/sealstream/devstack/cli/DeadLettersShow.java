package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.deadletters.LetterChoice;
import dev.sealstream.devstack.deadletters.LettersPage;
import dev.sealstream.eventstreaming.KeptDeadLetter;
import dev.sealstream.eventstreaming.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Everything about one dead letter. */
@Command(
        name = "show",
        description = "Show one dead letter: why it was refused, its headers, and its value as far as it decodes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DeadLettersShow implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic it came from.")
    private String topic;

    @Parameters(index = "1", paramLabel = "NUMBER", description = "Its number, as ./seal dead-letters list shows it.")
    private long number;

    @Mixin
    private BoxChoice boxes;

    @Override
    public Integer call() throws InterruptedException {
        Topic<?> origin = LetterChoice.topic(topic);
        KeptDeadLetter letter = boxes.open(origin, box -> LetterChoice.one(origin, number, box.letters()));
        byte[] value = letter.letter().value();
        Optional<String> decoded = value == null ? Optional.empty() : boxes.decode(codec -> codec.describe(value));
        Terminal terminal = Terminal.standard();
        LettersPage.show(letter, decoded, Instant.now(), terminal).forEach(terminal::line);
        return 0;
    }
}
