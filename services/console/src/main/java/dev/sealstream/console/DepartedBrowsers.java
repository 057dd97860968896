package dev.sealstream.console;

import io.quarkus.logging.LoggingFilter;

import java.io.IOException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Keeps out of the log that somebody closed the page: writing to a stream nobody reads any more is no fault. */
@LoggingFilter(name = "departed-browsers")
public final class DepartedBrowsers implements Filter {
    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    @Override
    public boolean isLoggable(LogRecord record) {
        return !(STREAMS.equals(record.getLoggerName()) && record.getThrown() instanceof IOException);
    }
}
