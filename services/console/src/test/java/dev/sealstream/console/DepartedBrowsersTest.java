package dev.sealstream.console;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import static org.assertj.core.api.Assertions.assertThat;

class DepartedBrowsersTest {
    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    private final DepartedBrowsers filter = new DepartedBrowsers();

    @Test
    void closedPagesAreNotLogged() {
        assertThat(filter.isLoggable(record(STREAMS, new ClosedChannelException())))
                .isFalse();
        assertThat(filter.isLoggable(record(STREAMS, new IOException("Broken pipe"))))
                .isFalse();
    }

    @Test
    void everythingElseIsLogged() {
        assertThat(filter.isLoggable(record(STREAMS, new IllegalStateException("cannot write JSON"))))
                .isTrue();
        assertThat(filter.isLoggable(record("dev.sealstream.console", new IOException("disk"))))
                .isTrue();
        assertThat(filter.isLoggable(record(STREAMS, null))).isTrue();
    }

    private static LogRecord record(String logger, Throwable thrown) {
        var record = new LogRecord(Level.SEVERE, "text");
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return record;
    }
}
