package io.meshbridge.cli;

import io.meshbridge.config.InvalidConfigurationException;
import io.meshbridge.looking.UnreadableMeshException;
import org.jboss.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What every command says, and how it ends, when something goes wrong. */
final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);

  private Failures() {}

  static int ofUsage(ParameterException wrong, String[] args) {
    var line = wrong.getCommandLine();
    var err = line.getErr();
    err.println(wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.INVALID;
  }

  static int ofExecution(Exception failure, CommandLine line, ParseResult parsed) {
    var err = line.getErr();
    return switch (failure) {
      case InvalidConfigurationException invalid -> {
        invalid.lines().forEach(err::println);
        yield ExitCode.INVALID;
      }
      case InvalidInputException invalid -> {
        invalid.faults().forEach(err::println);
        yield ExitCode.INVALID;
      }
      case UnreachableException unreachable -> {
        err.println(unreachable.getMessage());
        yield ExitCode.UNREACHABLE;
      }
      case UnreadableMeshException unreadable -> {
        err.println(unreadable.getMessage());
        yield ExitCode.UNREACHABLE;
      }
      default -> {
        LOG.errorf(failure, "command failed command=%s", line.getCommandName());
        err.println("Unexpected failure: " + failure);
        yield ExitCode.FAILED;
      }
    };
  }
}
