package dev.sealstream.devstack.cli;

import dev.sealstream.devstack.deadletters.LetterChoice;
import dev.sealstream.eventstreaming.DeadLetterBox;
import dev.sealstream.eventstreaming.KeptDeadLetter;
import dev.sealstream.eventstreaming.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/** Sends dead letters back to where they came from. */
@Command(
        name = "replay",
        description =
                "Write one dead letter, or all of a topic, to the topic it came from, exactly as it came there. Each is"
                        + " sent back once, unless --again is said. Remove the cause first, or it comes back.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DeadLettersReplay implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic they came from.")
    private String topic;

    @Parameters(
            index = "1",
            paramLabel = "NUMBER",
            arity = "0..1",
            description = "The letter's number, as ./seal dead-letters list shows it.")
    private Long number;

    @Option(names = "--all", description = "All of the topic that were not replayed yet, the oldest first.")
    private boolean all;

    @Option(names = "--again", description = "Also what was replayed before.")
    private boolean again;

    @Option(names = "--by", paramLabel = "NAME", description = "Who replays it; default: ${DEFAULT-VALUE}.")
    private String by = System.getProperty("user.name");

    @Mixin
    private BoxChoice boxes;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        if (all == (number != null)) {
            throw new ParameterException(
                    command.commandLine(),
                    (all ? "both a number and --all are given" : "neither a number nor --all is given")
                            + "; say which letter, or --all for every one of " + topic);
        }
        Topic<?> origin = LetterChoice.topic(topic);
        return boxes.open(origin, box -> replay(origin, box));
    }

    private int replay(Topic<?> origin, DeadLetterBox box) {
        box.claim();
        List<KeptDeadLetter> letters = box.letters();
        List<KeptDeadLetter> chosen = all
                ? LetterChoice.allToReplay(letters, again)
                : List.of(LetterChoice.toReplay(origin, number, letters, again));
        Terminal terminal = Terminal.standard();
        for (KeptDeadLetter letter : chosen) {
            box.replay(letter, by);
            terminal.line("replayed " + origin + " " + letter.offset());
        }
        if (chosen.isEmpty()) {
            terminal.line("nothing to replay: " + origin + " has " + letters.size() + " dead letters"
                    + (letters.isEmpty() ? "" : ", all replayed before; --again replays them once more"));
        }
        return 0;
    }
}
