package dev.sealstream.devstack.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Owns the child processes of one stack: starts them, notices early deaths, and stops them in reverse order.
 *
 * <p>{@link #close()} may be called from a shutdown hook while another thread still starts children: after it nothing
 * starts any more. Thread-safe.
 */
public final class ProcessSupervisor implements AutoCloseable {
    private final Path stateDirectory;
    private final Duration grace;
    private final Deque<ChildProcess> children = new ArrayDeque<>();
    private boolean closed;

    /** @param grace how long a child may take to stop by itself before it is killed */
    public ProcessSupervisor(Path stateDirectory, Duration grace) {
        this.stateDirectory = stateDirectory;
        this.grace = grace;
    }

    /** Starts a child and returns at once; {@link #awaitReady} waits for it. */
    public synchronized ChildProcess start(ProcessSpec spec) {
        if (closed) {
            throw new StackException("the stack is stopping; " + spec.name() + " is not started");
        }
        try {
            Files.createDirectories(spec.log().getParent());
            ProcessBuilder builder = new ProcessBuilder(spec.command())
                    .directory(stateDirectory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(nullDevice()))
                    .redirectOutput(Redirect.appendTo(spec.log().toFile()));
            builder.environment().putAll(spec.environment());
            Process process = builder.start();
            ChildProcess child = new ChildProcess(spec, process);
            children.push(child);
            PidFile.of(spec.name(), process.toHandle(), JavaCommand.marker(stateDirectory))
                    .write(stateDirectory);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    /** Waits until the child serves; a child that dies first, or any other that dies meanwhile, ends the wait. */
    public void awaitReady(ChildProcess child) {
        child.awaitReady();
        checkAlive();
    }

    /** Throws if a child ended that nobody stopped. */
    public void checkAlive() {
        firstDeath().ifPresent(dead -> {
            throw new StackException(dead.obituary());
        });
    }

    public void stop(ChildProcess child) {
        stopTogether(List.of(child));
    }

    /** Stops children that do not need each other; takes as long as the slowest. */
    public void stopTogether(List<ChildProcess> together) {
        Shutdown.stopAll(together.stream().map(ChildProcess::expectEnd).toList(), grace);
        together.forEach(this::forget);
    }

    /** Ends a child as a power cut would: no shutdown hook of it runs. */
    public void kill(ChildProcess child) {
        child.kill();
        forget(child);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        Optional<ChildProcess> last = last();
        while (last.isPresent()) {
            stop(last.get());
            last = last();
        }
    }

    private synchronized Optional<ChildProcess> firstDeath() {
        return closed
                ? Optional.empty()
                : children.stream().filter(ChildProcess::diedUnasked).findFirst();
    }

    private synchronized Optional<ChildProcess> last() {
        return Optional.ofNullable(children.peek());
    }

    private synchronized void forget(ChildProcess child) {
        if (children.remove(child)) {
            PidFile.delete(stateDirectory, child.name());
        }
    }

    private static File nullDevice() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
