package io.meshbridge.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * A command as somebody typed it, and what came of it.
 *
 * @param code the exit code
 */
record Typed(int code, String out, String err) {
  /** Types nothing on standard input, and looks from a pipe. */
  static Typed run(Function<Terminal, Object> command, String... args) {
    return run(command, "", false, args);
  }

  /**
   * @param person whether a person sits in front of it
   */
  static Typed run(
      Function<Terminal, Object> command, String input, boolean person, String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            person,
            person);
    var line = Commands.prepare(new CommandLine(command.apply(terminal)), terminal);
    int code = line.execute(args);
    terminal.out().flush();
    terminal.err().flush();
    return new Typed(code, out.toString(), err.toString());
  }
}
