package dev.sealstream.devstack.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who decides, and why: the lineage remembers both for ever. */
final class PersonOptions {

    @Option(names = "--why", paramLabel = "TEXT", description = "Why, in a sentence; needed.")
    private String why;

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides; default: ${DEFAULT-VALUE}.")
    private String by = System.getProperty("user.name");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    String why() {
        return text("--why", why, "say in a sentence why");
    }

    String by() {
        return text("--by", by, "say who decides");
    }

    private String text(String option, String value, String remedy) {
        if (value == null || value.isBlank()) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " is " + (value == null ? "missing" : "empty")
                            + "; allowed: any text, which the lineage keeps for ever; " + remedy + ": "
                            + option + " \"…\"");
        }
        return value.strip();
    }
}
