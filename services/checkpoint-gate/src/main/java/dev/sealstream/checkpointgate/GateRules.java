package dev.sealstream.checkpointgate;

import dev.sealstream.domain.CollapseGuard;
import dev.sealstream.domain.ReleaseRule;
import dev.sealstream.domain.WeightGuard;

/**
 * All that the gate decides by.
 *
 * @param learnAgainMax how often a lesson that fails on a moved head is learnt again on it
 */
record GateRules(
        ReleaseRule release, WeightGuard weights, CollapseGuard collapse, ApprovalPolicy approval, int learnAgainMax) {}
