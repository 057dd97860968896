package dev.sealstream.console;

import java.util.List;

/** The topics the console follows. */
record Followers(List<TopicFollower<?>> all) {
    Followers {
        all = List.copyOf(all);
    }
}
