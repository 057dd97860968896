package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ArchiveSearch;
import dev.sealstream.domain.CollapseGuard;
import dev.sealstream.domain.ReleaseRule;
import dev.sealstream.domain.WeightGuard;

import java.util.Optional;

/**
 * All that the gate decides by.
 *
 * @param learnAgainMax how often a lesson that fails on a moved head is learnt again on it
 * @param search where policy training goes on among all versions; empty where it follows the head
 */
record GateRules(
        ReleaseRule release,
        WeightGuard weights,
        CollapseGuard collapse,
        ApprovalPolicy approval,
        int learnAgainMax,
        Optional<ArchiveSearch> search) {}
