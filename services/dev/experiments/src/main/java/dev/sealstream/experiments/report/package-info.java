/** The report of an experiment: one record, shown as JSON, as a page and as lines. Computes nothing. */
package dev.sealstream.experiments.report;
