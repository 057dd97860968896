package dev.sealstream.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The alert rules that Prometheus reads from a file, as the resource that its operator reads. */
public final class PrometheusRuleManifest {
    private static final String BEGIN = """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: sealstream
              labels:
                app.kubernetes.io/part-of: sealstream
            spec:
            """;

    private PrometheusRuleManifest() {}

    /** @param rules file of rules in Prometheus' own form */
    public static String yaml(Path rules) {
        try {
            return Generated.HEADER + BEGIN + Files.readString(rules).indent(2);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the alert rules " + rules, e);
        }
    }
}
