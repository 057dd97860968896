package dev.sealstream.devstack.deadletters;

import dev.sealstream.devstack.process.StackException;
import dev.sealstream.eventstreaming.KeptDeadLetter;
import dev.sealstream.eventstreaming.Topic;
import dev.sealstream.eventstreaming.Topics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the letters a person names. */
public final class LetterChoice {
    private static final String SUFFIX = ".dead-letters";

    private LetterChoice() {}

    /**
     * @param name of the topic, with or without {@code .dead-letters}
     * @throws StackException if the catalogue has no such topic
     */
    public static Topic<?> topic(String name) {
        String origin = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        Optional<Topic<?>> found = Topics.all().stream()
                .filter(topic -> topic.name().equals(origin))
                .findFirst();
        return found.orElseThrow(() -> new StackException("topic " + name + " is not in the catalogue; allowed: "
                + Topics.all().stream().map(Topic::name).collect(Collectors.joining(", "))));
    }

    /** @throws StackException if it is not among them */
    public static KeptDeadLetter one(Topic<?> topic, long offset, List<KeptDeadLetter> letters) {
        return letters.stream()
                .filter(letter -> letter.offset() == offset)
                .findFirst()
                .orElseThrow(() -> new StackException("topic " + topic + " has no dead letter " + offset + "; "
                        + (letters.isEmpty()
                                ? "it has none at all"
                                : "./seal dead-letters list " + topic + " shows the " + letters.size() + " it has")));
    }

    /**
     * The one to send back.
     *
     * @param again whether it may have been sent back before
     * @throws StackException if it is not among them, or was sent back before and is not to be again
     */
    public static KeptDeadLetter toReplay(Topic<?> topic, long offset, List<KeptDeadLetter> letters, boolean again) {
        KeptDeadLetter letter = one(topic, offset, letters);
        if (letter.replay() != null && !again) {
            throw new StackException("dead letter " + offset + " of " + topic + " was replayed at "
                    + letter.replay().at() + " by " + letter.replay().by()
                    + "; say --again if it is to be done once more");
        }
        return letter;
    }

    /** All that are to be sent back, the oldest first: those that were not, or with {@code again} every one. */
    public static List<KeptDeadLetter> allToReplay(List<KeptDeadLetter> letters, boolean again) {
        return letters.stream()
                .filter(letter -> again || letter.replay() == null)
                .toList();
    }
}
