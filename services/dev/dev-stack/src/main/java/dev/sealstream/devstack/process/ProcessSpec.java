package dev.sealstream.devstack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How one child process is started.
 *
 * @param name what the user reads in messages; unique within a stack, also the name of its log and pid file
 * @param command command line; built by {@link JavaCommand} so that the process can be recognised later
 * @param environment variables added to the launcher's own
 * @param log file that receives standard output and error; appended to, never truncated
 * @param readiness when it counts as started
 * @param readyWithin how long that may take before the start is given up
 */
public record ProcessSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Readiness readiness,
        Duration readyWithin) {

    public ProcessSpec {
        if (name.isBlank() || name.contains("/")) {
            throw new IllegalArgumentException("process name '" + name + "' must be a plain word, like update-worker");
        }
        if (command.isEmpty()) {
            throw new IllegalArgumentException("process " + name + " has an empty command line");
        }
        if (readyWithin.isNegative() || readyWithin.isZero()) {
            throw new IllegalArgumentException(
                    "process " + name + " must be given time to start, found " + readyWithin);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
