package dev.sealstream.integrationtests;

import dev.sealstream.devstack.StackService;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What running services answer where deployments ask them: health, and metrics by name. */
final class Exported {
    /** Name, labels, value, and what was traced when it last changed. */
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(?:\\{[^}]*})? (\\S+)(?: # .*)?$");

    private static final Pattern ASKED = Pattern.compile("\\b(?:seal|kafka|jvm|process)_[a-z_]+");

    /** A service at work answers in milliseconds. */
    private static final Duration WITHIN = Duration.ofSeconds(20);

    /** One for all: an answer to a client that nobody holds any more may never come. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String text;

    private Exported(String text) {
        this.text = text;
    }

    static Exported by(Collection<StackService> services) {
        return new Exported(services.stream()
                .map(service -> body(service.url().resolve("/q/metrics")))
                .collect(Collectors.joining("\n")));
    }

    static int status(StackService service, String path) {
        return get(service.url().resolve(path)).statusCode();
    }

    /** Every metric that a panel or an alert asks for. */
    static Set<String> askedFor() {
        var monitoring = Path.of(System.getProperty("sealstream.root")).resolve("k8s/base/monitoring");
        try {
            String asked = Files.readString(monitoring.resolve("dashboards/sealstream.json"))
                    + Files.readString(monitoring.resolve("alerts.yaml"));
            return ASKED.matcher(asked)
                    .results()
                    .map(match -> match.group())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> names() {
        return SERIES.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The sum of all series of a metric. */
    double sum(String name) {
        return SERIES.matcher(text)
                .results()
                .filter(match -> match.group(1).equals(name))
                .mapToDouble(match -> Double.parseDouble(match.group(2)))
                .sum();
    }

    private static String body(URI address) {
        return get(address).body();
    }

    private static HttpResponse<String> get(URI address) {
        try {
            var request = HttpRequest.newBuilder(address).timeout(WITHIN).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + address, e);
        }
    }
}
