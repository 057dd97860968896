package dev.sealstream.deployment;

/** Where Quarkus answers by default; no service moves it, and the integration tests ask there. */
final class HealthPaths {
    static final String STARTED = "/q/health/started";
    static final String READY = "/q/health/ready";
    static final String LIVE = "/q/health/live";
    static final String METRICS = "/q/metrics";

    private HealthPaths() {}
}
