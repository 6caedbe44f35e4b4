package io.meshbridge.cli;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who takes part in the federation. */
@Dependent
@Unremovable
@Command(
    name = "members",
    header = "See and change who takes part in the federation.",
    description =
        "Needs meshbridge.federation and kafka.bootstrap.servers; no mesh has to be configured.",
    footer = {
      "%nExamples:",
      "  meshbridge members list --config operator.yaml",
      "  meshbridge members add east --kind istio --trust-domain east.example",
      "  meshbridge members retire east --yes"
    },
    subcommands = {MembersListCommand.class, MembersAddCommand.class, MembersRetireCommand.class})
final class MembersCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, add or retire?");
  }
}
