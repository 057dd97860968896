package dev.sealstream.experiments.report;

import dev.sealstream.experiments.continual.ContinualFindings;
import dev.sealstream.experiments.continual.ContinualSettings;
import dev.sealstream.experiments.run.Configuration;

/**
 * A finished run: what {@code report.json} holds and the page shows.
 *
 * @param seconds of the session that finished it
 * @param resumed whether earlier sessions had done part of it
 */
public record ContinualReport(
        Configuration<ContinualSettings> configuration, ContinualFindings findings, double seconds, boolean resumed) {}
