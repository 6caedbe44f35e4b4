package io.meshbridge.cli;

import io.quarkus.runtime.QuarkusApplication;
import picocli.CommandLine;

/** Runs the command that the arguments name. */
final class Application implements QuarkusApplication {
  private final CommandLine.IFactory factory;
  private final Terminal terminal;

  Application(CommandLine.IFactory factory, Terminal terminal) {
    this.factory = factory;
    this.terminal = terminal;
  }

  @Override
  public int run(String... args) {
    int code = Commands.line(factory, terminal).execute(args);
    terminal.out().flush();
    terminal.err().flush();
    return code;
  }
}
