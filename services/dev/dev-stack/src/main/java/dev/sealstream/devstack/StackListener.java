package dev.sealstream.devstack;

import java.time.Duration;
import java.util.List;

/** Told how the start goes on, so that a terminal can show it. */
public interface StackListener {

    /** For starts that nobody watches. */
    StackListener SILENT = new StackListener() {
        @Override
        public void leftoversStopped(List<String> names) {}

        @Override
        public void starting(String name) {}

        @Override
        public void ready(String name, Duration took) {}
    };

    /** Processes of an earlier launcher that was killed were found and stopped. */
    void leftoversStopped(List<String> names);

    void starting(String name);

    void ready(String name, Duration took);
}
