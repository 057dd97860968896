package dev.sealstream.domain;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;

/** How one rollout ended. Every rollout ends exactly once, so counting a group's outcomes to its size always ends. */
public sealed interface Outcome permits Outcome.Scored, Outcome.Invalid, Outcome.Failed, Outcome.Cancelled {

    /** The reward, where the ending says something about the self-edit. */
    OptionalDouble reward();

    /** Why it ended this way; empty for a scored rollout. */
    String reason();

    /** The updated models were questioned. Reward: mean accuracy over the repeats. */
    record Scored(List<RepeatScore> repeats) implements Outcome {
        public Scored {
            repeats = Require.nonEmpty("repeats", repeats);
        }

        public List<BigDecimal> accuracies() {
            return repeats.stream().map(RepeatScore::accuracy).toList();
        }

        @Override
        public OptionalDouble reward() {
            return OptionalDouble.of(Accuracy.mean(accuracies()));
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /** The policy wrote something that cannot be trained on. Reward 0: the policy is to learn from it. */
    record Invalid(String reason) implements Outcome {
        public Invalid {
            Require.nonBlank("reason", reason);
        }

        @Override
        public OptionalDouble reward() {
            return OptionalDouble.of(0.0);
        }
    }

    /** The system could not train or question it; says nothing about the self-edit, so there is no reward. */
    record Failed(String reason) implements Outcome {
        public Failed {
            Require.nonBlank("reason", reason);
        }

        @Override
        public OptionalDouble reward() {
            return OptionalDouble.empty();
        }
    }

    /** Given up on purpose (stale, overloaded, timed out); no reward. */
    record Cancelled(String reason) implements Outcome {
        public Cancelled {
            Require.nonBlank("reason", reason);
        }

        @Override
        public OptionalDouble reward() {
            return OptionalDouble.empty();
        }
    }
}
