package dev.sealstream.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the console. */
@ConfigMapping(prefix = "seal.console")
public interface ConsoleConfig {

    /** How many rewards are kept in memory, the newest; more shows further back, at about 500 bytes each. */
    @WithDefault("10000")
    int rewardsKept();

    /** How many checkpoint decisions are kept in memory, the newest; more shows further back, at about 2 kB each. */
    @WithDefault("1000")
    int checkpointsKept();

    /**
     * How many candidates of each lineage are kept in memory that were not released, the newest; more shows further back, at
     * about 10 kB each. Releases are all kept.
     */
    @WithDefault("1000")
    int candidatesKept();

    /** How often the topics are asked for news; longer shows them later and asks the broker less. */
    @WithDefault("PT0.5S")
    Duration pollInterval();

    /** How many documents one request may bring; more makes larger requests that fail or pass as a whole. */
    @WithDefault("1000")
    int documentsMax();

    /** How long a request waits for the broker to take its documents; longer rides out longer outages. */
    @WithDefault("PT15S")
    Duration sendTimeout();

    /**
     * Who may use the console: name:token pairs, separated by commas. With any, everything but health needs one of them; without,
     * everybody may read. More people means more tokens that can leak; a token taken away ends its sessions at the next start.
     */
    Optional<List<String>> tokens();

    /** A file with more of these pairs, one a line, such as a mounted Secret. */
    Optional<Path> tokensFile();

    /** Whether, where nobody has a token, everybody may write: for a machine of one's own. */
    @WithDefault("false")
    boolean anonymousWrites();

    /** How long a browser stays signed in; longer asks for the token less often, and leaves a stolen browser signed in longer. */
    @WithDefault("PT12H")
    Duration session();
}
