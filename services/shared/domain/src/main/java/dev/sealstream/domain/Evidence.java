package dev.sealstream.domain;

import java.util.List;

/**
 * What a decision rests on, kept in the lineage for ever.
 *
 * @param benchmarkBefore the head's accuracy on held-out documents after its own self-edits
 * @param benchmarkAfter the same of the head with the candidate's delta
 * @param gain their paired difference, document by document
 * @param knowledge what the delta does to the data learnt for good: the candidate's own first, then earlier ones
 * @param size of the delta, as measured
 * @param divergence of what the model says to fixed texts, nats a token
 */
public record Evidence(
        Estimate benchmarkBefore,
        Estimate benchmarkAfter,
        Estimate gain,
        List<KnowledgeChange> knowledge,
        DeltaSize size,
        double divergence) {
    public Evidence {
        Require.present("benchmarkBefore", benchmarkBefore);
        Require.present("benchmarkAfter", benchmarkAfter);
        Require.present("gain", gain);
        Require.present("size", size);
        knowledge = List.copyOf(knowledge);
    }

    /** Of a candidate that could be measured. */
    public static Evidence of(BenchmarkMeasured measured) {
        return new Evidence(
                measured.parent().selfEdits(),
                measured.subject().selfEdits(),
                measured.subject().minus(DocumentScore::selfEdits, measured.parent(), DocumentScore::selfEdits),
                measured.knowledge(),
                measured.size(),
                measured.divergence());
    }
}
