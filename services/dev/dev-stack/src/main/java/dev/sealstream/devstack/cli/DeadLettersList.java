package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.deadletters.LetterChoice;
import dev.sealstream.devstack.deadletters.LettersPage;
import dev.sealstream.eventstreaming.DeadLetterBox;
import dev.sealstream.eventstreaming.KeptDeadLetter;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** All dead letters in short. */
@Command(
        name = "list",
        description = "List dead letters: topic and number, age, where the record was, who refused it and why.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DeadLettersList implements Callable<Integer> {

    @Parameters(paramLabel = "TOPIC", arity = "0..1", description = "Only those of this topic.")
    private String topic;

    @Mixin
    private BoxChoice boxes;

    @Override
    public Integer call() throws InterruptedException {
        List<Topic<?>> topics = topic == null ? Topics.all() : List.of(LetterChoice.topic(topic));
        var letters = new ArrayList<KeptDeadLetter>();
        for (Topic<?> one : topics) {
            letters.addAll(boxes.open(one, DeadLetterBox::letters));
        }
        Terminal terminal = Terminal.standard();
        LettersPage.list(letters, Instant.now(), terminal).forEach(terminal::line);
        if (letters.isEmpty()) {
            terminal.line("no dead letters" + (topic == null ? "" : " of " + topic));
        }
        return 0;
    }
}
