package dev.sealstream.eventstreaming;

import dev.sealstream.domain.NewData;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** Answers each call as the test laid out, and remembers what it was asked. */
final class RecordingStage implements Stage<NewData> {
    final List<String> calls = new ArrayList<>();
    private final Deque<Function<NewData, Result>> answers = new ArrayDeque<>();

    @SafeVarargs
    final RecordingStage answers(Function<NewData, Result>... next) {
        answers.addAll(Arrays.asList(next));
        return this;
    }

    static Function<NewData, Result> emit() {
        return datum -> Result.emit(Emissions.of(Topics.EXPERIENCES, Events.experience("of " + datum.dataId())));
    }

    static Function<NewData, Result> hold() {
        return datum -> Result.hold();
    }

    static Function<NewData, Result> fail(RuntimeException fault) {
        return datum -> {
            throw fault;
        };
    }

    @Override
    public Result process(NewData datum) {
        calls.add(datum.dataId());
        return answers.remove().apply(datum);
    }

    @Override
    public void reset() {
        calls.add("reset");
    }
}
