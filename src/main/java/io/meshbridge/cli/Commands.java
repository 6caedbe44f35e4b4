package io.meshbridge.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** All commands. */
@Command(
    name = "meshbridge",
    header = "Joins service meshes of different makes into one federation.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, but parts were refused or could not be read",
      "2:wrong usage, configuration or input; nothing was done",
      "3:a system that is needed cannot be reached",
      "4:an unexpected failure"
    },
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      StatusCommand.class,
      TranslateCommand.class,
      DiffCommand.class,
      ExplainCommand.class,
      DoctorCommand.class,
      MembersCommand.class,
      ConfirmCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      LeaveCommand.class,
      UninstallCommand.class,
      OrdersCommand.class,
      VersionCommand.class,
      DocsCommand.class
    })
final class Commands implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** The parser, ready to execute. */
  static CommandLine line(CommandLine.IFactory factory, Terminal terminal) {
    return prepare(new CommandLine(new Commands(), factory), terminal);
  }

  /** What all commands have in common: where they print, and how they fail. */
  static CommandLine prepare(CommandLine line, Terminal terminal) {
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Failures::ofUsage);
    line.setExecutionExceptionHandler(Failures::ofExecution);
    return line;
  }

  /** Without a command, nobody knows what is wanted. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }
}
