package dev.sealstream.eventstreaming.avro;

import dev.sealstream.domain.GradedAnswer;
import dev.sealstream.domain.Outcome;
import dev.sealstream.domain.RepeatScore;
import dev.sealstream.events.Ending;

import java.util.List;

/** How a rollout ended, spread over the fields {@code ending}, {@code reason} and {@code repeats}. */
final class OutcomeFields {
    private OutcomeFields() {}

    static Ending ending(Outcome outcome) {
        if (outcome instanceof Outcome.Scored) {
            return Ending.SCORED;
        }
        if (outcome instanceof Outcome.Invalid) {
            return Ending.INVALID;
        }
        if (outcome instanceof Outcome.Failed) {
            return Ending.FAILED;
        }
        return Ending.CANCELLED;
    }

    static List<dev.sealstream.events.RepeatScore> repeats(Outcome outcome) {
        return outcome instanceof Outcome.Scored scored
                ? scored.repeats().stream().map(OutcomeFields::avro).toList()
                : List.of();
    }

    static Outcome domain(Ending ending, String reason, List<dev.sealstream.events.RepeatScore> repeats) {
        if (ending != Ending.SCORED && !repeats.isEmpty()) {
            throw new IllegalArgumentException("a rollout that ended " + ending + " has " + repeats.size()
                    + " repeats with answers; allowed: none, only " + Ending.SCORED + " has answers");
        }
        return switch (ending) {
            case SCORED ->
                new Outcome.Scored(repeats.stream().map(OutcomeFields::domain).toList());
            case INVALID -> new Outcome.Invalid(reason);
            case FAILED -> new Outcome.Failed(reason);
            case CANCELLED -> new Outcome.Cancelled(reason);
        };
    }

    static dev.sealstream.events.RepeatScore avro(RepeatScore score) {
        return dev.sealstream.events.RepeatScore.newBuilder()
                .setUpdate(AdapterFields.avro(score.update()))
                .setAnswers(score.answers().stream().map(OutcomeFields::avro).toList())
                .build();
    }

    static RepeatScore domain(dev.sealstream.events.RepeatScore avro) {
        return new RepeatScore(
                AdapterFields.domain(avro.getUpdate()),
                avro.getAnswers().stream().map(OutcomeFields::domain).toList());
    }

    private static dev.sealstream.events.GradedAnswer avro(GradedAnswer answer) {
        return dev.sealstream.events.GradedAnswer.newBuilder()
                .setQuestion(answer.question())
                .setExpected(answer.expected())
                .setAnswer(answer.answer())
                .setCorrect(answer.correct())
                .setScore(answer.score())
                .setJudgement(answer.judgement())
                .build();
    }

    private static GradedAnswer domain(dev.sealstream.events.GradedAnswer avro) {
        double score = avro.getScore() != null ? avro.getScore() : avro.getCorrect() ? 1 : 0;
        return new GradedAnswer(
                avro.getQuestion(),
                avro.getExpected(),
                avro.getAnswer(),
                avro.getCorrect(),
                score,
                avro.getJudgement());
    }
}
