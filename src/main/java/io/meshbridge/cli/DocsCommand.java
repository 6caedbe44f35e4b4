package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.Reference;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the reference page of the configuration; for those who work on the project. */
@Dependent
@Unremovable
@Command(
    name = "docs",
    hidden = true,
    header = "Print the reference page of the configuration.",
    footer = {"%nExample:", "  meshbridge docs > docs/configuration.md"})
final class DocsCommand implements Callable<Integer> {
  private final Adapters adapters;
  private final Terminal terminal;

  DocsCommand(Adapters adapters, Terminal terminal) {
    this.adapters = adapters;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(new Reference(adapters.known()).markdown());
    return ExitCode.OK;
  }
}
