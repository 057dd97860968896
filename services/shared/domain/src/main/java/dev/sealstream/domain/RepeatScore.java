package dev.sealstream.domain;

import java.math.BigDecimal;
import java.util.List;

/**
 * The closed-book answers of one updated model.
 *
 * @param update the update that was questioned; its adapter reference stays with the outcome
 */
public record RepeatScore(AdapterUpdate update, List<GradedAnswer> answers) {
    public RepeatScore {
        Require.present("update", update);
        answers = Require.nonEmpty("answers of " + update.updateId(), answers);
    }

    public BigDecimal accuracy() {
        return Accuracy.of(answers);
    }
}
