package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.Reference;
import io.meshbridge.doctor.Checks;
import io.meshbridge.doctor.TrapsPage;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the pages that are generated from the code; for those who work on the project. */
@Dependent
@Unremovable
@Command(
    name = "docs",
    hidden = true,
    header = "Print a page that is generated from the code.",
    footer = {
      "%nExamples:",
      "  meshbridge docs > docs/configuration.md",
      "  meshbridge docs doctor > docs/doctor.md"
    })
final class DocsCommand implements Callable<Integer> {
  private final Adapters adapters;
  private final Terminal terminal;

  @Parameters(
      paramLabel = "PAGE",
      defaultValue = "configuration",
      description = "Which: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Page page = Page.CONFIGURATION;

  /** The pages that are generated. */
  enum Page {
    /** All settings. */
    CONFIGURATION,
    /** All traps. */
    DOCTOR;

    /** The help shows the words as they are usually written. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  DocsCommand(Adapters adapters, Terminal terminal) {
    this.adapters = adapters;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal
        .out()
        .print(
            switch (page) {
              case CONFIGURATION -> new Reference(adapters.known()).markdown();
              case DOCTOR -> TrapsPage.markdown(Checks.traps());
            });
    return ExitCode.OK;
  }
}
