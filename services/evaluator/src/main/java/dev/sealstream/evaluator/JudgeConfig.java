package dev.sealstream.evaluator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The judge of {@code seal.grader=judge}: any endpoint that speaks OpenAI's chat completions. */
@ConfigMapping(prefix = "seal.judge")
public interface JudgeConfig {
    /** What {@code /chat/completions} is appended to, for example {@code http://localhost:8000/v1}; needed by the judge alone. */
    Optional<URI> url();

    /** Name of the model as the endpoint knows it; SEAL's judge. */
    @NotBlank
    @WithDefault("gpt-4.1")
    String model();

    /** Sent as a bearer token where there is one; kept out of logs and errors. */
    Optional<String> apiKey();

    /** How long one request may take. */
    @WithDefault("30s")
    Duration timeout();

    /** Requests for one answer before its rollout is cancelled; waits double between them. */
    @Min(1)
    @WithDefault("4")
    int attempts();

    /** Wait before the second request. */
    @WithDefault("500ms")
    Duration backoff();

    /** Requests at the same time; more finish a group sooner until the endpoint limits them. */
    @Min(1)
    @WithDefault("8")
    int concurrency();

    default Judge judge() {
        URI address = url().orElseThrow(() -> new IllegalArgumentException(
                "seal.grader is judge and seal.judge.url is missing; give the address that /chat/completions is appended"
                        + " to, or choose another grader"));
        var endpoint = new ChatEndpoint(address, model(), apiKey().orElse(null), timeout());
        return new Judge(endpoint, attempts(), backoff(), concurrency());
    }
}
