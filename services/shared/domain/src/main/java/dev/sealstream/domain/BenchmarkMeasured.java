package dev.sealstream.domain;

/**
 * A candidate and its parent on the same held-out documents: the evidence the gate decides on.
 *
 * @param candidate what was measured, complete, so that the gate needs no other topic
 * @param parent the parent version without the candidate's delta
 * @param subject the parent with the candidate's delta; null when the delta could not be applied
 * @param failure why the candidate could not be measured, or null
 */
public record BenchmarkMeasured(CandidateProposed candidate, Measurement parent, Measurement subject, String failure) {

    public BenchmarkMeasured {
        Require.present("candidate", candidate);
        boolean measured = parent != null && subject != null;
        if (measured == (failure != null)) {
            throw new IllegalArgumentException("measurement of candidate " + candidate.candidateId()
                    + " needs either both measurements or a failure");
        }
    }
}
