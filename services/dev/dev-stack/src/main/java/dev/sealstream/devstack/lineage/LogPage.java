package dev.sealstream.devstack.lineage;

import dev.sealstream.domain.CandidateHistory;
import dev.sealstream.domain.CheckpointDecision;
import dev.sealstream.domain.LineageHistory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code ./seal log}: what waits, then what was decided, the newest first. */
public final class LogPage {
    private final LineageHistory history;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private LogPage(LineageHistory history, Ink ink) {
        this.history = history;
        this.ink = ink;
    }

    public static List<String> of(LineageHistory history, Ink ink) {
        var page = new LogPage(history, ink);
        page.write();
        return page.lines;
    }

    private void write() {
        lines.add(heading(history, ink));
        var open = history.candidates().stream()
                .filter(one -> one.standing() == CandidateHistory.Standing.PROPOSED)
                .toList();
        open.forEach(this::proposed);
        history.waiting().forEach(this::waiting);
        var decisions = new ArrayList<>(history.decisions());
        Collections.reverse(decisions);
        Set<String> shown = new HashSet<>();
        for (var decision : decisions) {
            if (decision instanceof CheckpointDecision.RolledBack back) {
                entry(
                        "rolled back",
                        "head moved to " + Words.version(back.toVersion()) + " by " + back.by() + ": " + back.reason());
            } else if (!(decision instanceof CheckpointDecision.Held)
                    && shown.add(decision.candidate().candidateId())) {
                history.candidate(decision.candidate().candidateId()).ifPresent(this::decided);
            }
        }
        entry("version 0" + Words.marks(history, 0, ink), "the base model");
    }

    /** Where the lineage stands, in a line. */
    static String heading(LineageHistory history, Ink ink) {
        long rejected = history.candidates().stream()
                .filter(one -> one.standing() == CandidateHistory.Standing.REJECTED)
                .count();
        long released = history.versions().stream()
                .filter(CheckpointDecision.Released.class::isInstance)
                .count();
        long archived = history.versions().size() - released;
        int waiting = history.waiting().size();
        return "Lineage " + history.name() + ": the head is " + ink.bold(Words.version(history.head())) + "; "
                + released + " released, " + (archived == 0 ? "" : archived + " archived, ") + rejected + " rejected, "
                + waiting + (waiting == 1 ? " waits" : " wait") + " for a person";
    }

    private void proposed(CandidateHistory candidate) {
        entry("proposed", Words.kind(candidate.candidate()));
        detail("candidate", candidate.candidate().candidateId());
        detail("trained on", Words.version(candidate.candidate().parentVersion()));
        if (candidate.measured() != null) {
            detail("measured", Words.summary(candidate.evidence()));
        }
    }

    private void waiting(CandidateHistory candidate) {
        entry("waits for a person", Words.kind(candidate.candidate()));
        detail("candidate", candidate.candidate().candidateId());
        detail("measured on", Words.version(candidate.onVersion()));
        detail("evidence", Words.summary(candidate.evidence()));
        alarms(candidate);
        detail(
                "decide",
                "./seal show " + candidate.candidate().candidateId() + ", then ./seal approve or ./seal reject");
    }

    private void decided(CandidateHistory candidate) {
        if (candidate.end() instanceof CheckpointDecision.VersionAdded added) {
            String archived = added instanceof CheckpointDecision.Archived ? ", archived" : "";
            entry(
                    "version " + added.version() + Words.marks(history, added.version(), ink),
                    Words.kind(candidate.candidate()) + archived);
            detail("candidate", candidate.candidate().candidateId());
            detail("parent", Words.version(added.parentVersion()) + ", weights " + Words.hash(added.weightsHash()));
        } else {
            entry("rejected", Words.kind(candidate.candidate()));
            detail("candidate", candidate.candidate().candidateId());
            detail("parent", Words.version(candidate.onVersion()));
        }
        detail("evidence", Words.summary(candidate.evidence()));
        alarms(candidate);
        if (Words.addsTo(candidate.reason(), candidate.person())) {
            detail("why", candidate.reason());
        }
        if (candidate.person() != null) {
            boolean released = candidate.standing() == CandidateHistory.Standing.RELEASED;
            detail(released ? "approved by" : "refused by", Words.person(candidate.person()));
        }
    }

    private void alarms(CandidateHistory candidate) {
        candidate.alarms().forEach(alarm -> detail("guard", ink.red(alarm.finding())));
    }

    private void entry(String title, String what) {
        lines.add("");
        lines.add(ink.bold(title) + "  " + what);
    }

    private void detail(String name, String value) {
        lines.add("    " + ink.dim(String.format("%-12s", name)) + value);
    }
}
