package dev.sealstream.devstack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A launcher with one child, for a test that kills it; says the child's process id once the child runs. */
final class LauncherToKill {

    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[0]);
        List<String> idle = List.of("-cp", System.getProperty("java.class.path"), Idle.class.getName());
        JavaCommand command = new JavaCommand(state, "idle", 32, Map.of(), List.of(), idle);
        ProcessSpec spec = new ProcessSpec(
                "idle", command.line(), Map.of(), state.resolve("logs/idle.log"), () -> true, Duration.ofSeconds(30));
        ProcessSupervisor supervisor = new ProcessSupervisor(state, Duration.ofSeconds(5));
        ChildProcess child = supervisor.start(spec);
        System.out.println(child.pid());
        System.in.read();
    }

    /** Does nothing until it is told to end. */
    static final class Idle {
        public static void main(String[] arguments) throws InterruptedException {
            Thread.currentThread().join();
        }
    }
}
