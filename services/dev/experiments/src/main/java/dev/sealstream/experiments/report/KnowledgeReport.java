package dev.sealstream.experiments.report;

import dev.sealstream.experiments.knowledge.KnowledgeFindings;
import dev.sealstream.experiments.knowledge.KnowledgeSettings;
import dev.sealstream.experiments.run.Configuration;

/**
 * A finished run: what {@code report.json} holds and the page shows.
 *
 * @param seconds of the session that finished it
 * @param resumed whether earlier sessions had done part of it
 */
public record KnowledgeReport(
        Configuration<KnowledgeSettings> configuration, KnowledgeFindings findings, double seconds, boolean resumed) {}
