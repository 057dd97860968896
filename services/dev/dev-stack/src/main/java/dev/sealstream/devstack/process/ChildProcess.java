package dev.sealstream.devstack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A started child. Ends that we asked for are told apart from ends that nobody asked for. */
public final class ChildProcess {
    private static final int LOG_LINES_MAX = 8;

    private final ProcessSpec spec;
    private final Process process;
    private final long startedNanos = System.nanoTime();
    private volatile boolean stopRequested;

    ChildProcess(ProcessSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    public String name() {
        return spec.name();
    }

    public Path log() {
        return spec.log();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Time since the start. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    boolean diedUnasked() {
        return !stopRequested && !process.isAlive();
    }

    /**
     * Waits until the process serves.
     *
     * @throws StackException if it dies or does not serve in time, with the end of its log
     */
    void awaitReady() {
        try {
            while (!spec.readiness().isReady()) {
                if (!process.isAlive()) {
                    throw new StackException(obituary());
                }
                if (age().compareTo(spec.readyWithin()) > 0) {
                    throw new StackException(name() + " was not ready after "
                            + spec.readyWithin().toSeconds() + " s" + logTail());
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for " + name(), e);
        }
    }

    /** From now on its end is no surprise. */
    ProcessHandle expectEnd() {
        stopRequested = true;
        return process.toHandle();
    }

    void kill() {
        Shutdown.kill(expectEnd());
    }

    /** What happened to a process that ended by itself. */
    String obituary() {
        return name() + " died with " + exit() + logTail();
    }

    private String exit() {
        int code = process.exitValue();
        // 128 + n is how a shell, and Java, report death by signal n; 9 is what the kernel sends when memory runs out.
        return code == 137 ? "signal 9 (killed, perhaps for lack of memory)" : "exit code " + code;
    }

    private String logTail() {
        List<String> lines = LogTail.read(log(), LOG_LINES_MAX);
        StringBuilder text = new StringBuilder("; its log is " + log());
        if (!lines.isEmpty()) {
            text.append(" and ends with");
            lines.forEach(line -> text.append("\n    ").append(line));
        }
        return text.toString();
    }
}
