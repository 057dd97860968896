package dev.sealstream.checkpointgate;

import dev.sealstream.domain.ArchiveSearch;
import dev.sealstream.domain.CollapseGuard;
import dev.sealstream.domain.ReleaseRule;
import dev.sealstream.domain.WeightGuard;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.util.Optional;

/** Settings of the checkpoint gate. */
@ConfigMapping(prefix = "seal.checkpoint-gate")
public interface CheckpointGateConfig {

    /**
     * Largest accepted drop of what the model knows without an update, or learns from a passage alone, in accuracy from
     * 0 to 1; larger releases more and forgets more.
     */
    @WithDefault("0.05")
    double tolerance();

    /**
     * How many standard errors of the paired difference the gain on the benchmark must lie above zero; larger releases
     * less and is wrong less often.
     */
    @WithDefault("1.0")
    double gainStandardErrors();

    /** How much accuracy a candidate must gain on the datum it teaches, 0 to 1; larger keeps only what sticks well. */
    @WithDefault("0.1")
    double knowledgeGain();

    /** Largest accepted drop of mean accuracy on data learnt earlier, 0 to 1; larger releases more and forgets more. */
    @WithDefault("0.05")
    double forgetting();

    /**
     * Share of the accuracy right after learning that earlier data must keep on average, 0 to 1; below it no further drop is
     * accepted. Larger stops slow erosion sooner.
     */
    @WithDefault("0.9")
    double retention();

    /** How often a lesson that fails on a head that has moved is learnt again on it; more lose fewer lessons and take longer. */
    @WithDefault("2")
    int learnAgainMax();

    /**
     * Largest accepted Frobenius norm of a candidate's weight change; larger lets wilder changes in. The default only
     * stops changes that are out of all proportion; a model's own history gives a tighter value.
     */
    @WithDefault("100.0")
    double frobeniusNormMax();

    /** How many standard deviations above released history a weight change may lie, on a logarithmic scale; larger alarms less. */
    @WithDefault("6.0")
    double zScoreMax();

    /** Releases of a kind before their history counts; more makes first alarms later and surer. */
    @WithDefault("8")
    int historyMin();

    /** Largest accepted divergence of what the model says to fixed texts, nats a token; larger lets more change at once. */
    @WithDefault("2.0")
    double divergenceMax();

    /** Policy candidates the collapse alarm looks back on; more makes it later and surer. */
    @WithDefault("3")
    int collapseWindow();

    /** Least rise of the mean reward over that window which must show on held-out documents, 0 to 1; larger alarms less. */
    @WithDefault("0.05")
    double collapseRewardRise();

    /** Largest accepted drop of the diversity of self-edits over that window, as a share from 0 to 1; larger alarms less. */
    @WithDefault("0.5")
    double collapseDiversityDrop();

    /**
     * Whether a person has to agree: NEVER, where an alarm rejects; ON_ALARM, where an alarm holds the candidate until a person
     * decides; or ALWAYS, which holds whatever passes the rule.
     */
    @WithDefault("ON_ALARM")
    ApprovalPolicy approval();

    /**
     * File with the Ed25519 key (PEM) that signs every decision, as {@code openssl genpkey -algorithm ed25519} writes it; none to
     * sign nothing.
     */
    Optional<Path> signingKey();

    /**
     * Where the policy is trained on: CHAIN, the head, and what is not released is gone; or ARCHIVE, where a policy that is not
     * better than the head stays as a version, and each round starts from one of all versions, drawn by score, number of children
     * and diversity. ARCHIVE finds what needs more than one step and takes more rounds.
     */
    @WithDefault("CHAIN")
    PolicySearch search();

    /** How much a better score counts in that draw, 0 or more; larger keeps closer to the best. */
    @WithDefault("10")
    double searchSharpness();

    /** Score at which a version's chance is halfway, 0 to 1; best about where the versions' scores lie. */
    @WithDefault("0.5")
    double searchMidpoint();

    /** How much the diversity of a version's self-edits counts in that draw, 0 or more; 0 leaves it out. */
    @WithDefault("1.0")
    double searchNovelty();

    default GateRules rules() {
        return new GateRules(
                new ReleaseRule(tolerance(), gainStandardErrors(), knowledgeGain(), forgetting(), retention()),
                new WeightGuard(frobeniusNormMax(), zScoreMax(), historyMin(), divergenceMax()),
                new CollapseGuard(collapseWindow(), collapseRewardRise(), collapseDiversityDrop()),
                approval(),
                learnAgainMax(),
                search() == PolicySearch.ARCHIVE
                        ? Optional.of(new ArchiveSearch(searchSharpness(), searchMidpoint(), searchNovelty()))
                        : Optional.empty());
    }
}
