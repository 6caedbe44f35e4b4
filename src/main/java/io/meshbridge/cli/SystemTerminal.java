package io.meshbridge.cli;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The one place that knows the standard streams. */
final class SystemTerminal {
  /** Set by the launcher, which can see what the streams are connected with. */
  static final String ASKS = "meshbridge.terminal.in";

  static final String SHOWS = "meshbridge.terminal.err";

  private SystemTerminal() {}

  @Produces
  @Singleton
  static Terminal open() {
    return new Terminal(
        System.in, writer(System.out), writer(System.err), isPerson(ASKS), isPerson(SHOWS));
  }

  private static boolean isPerson(String property) {
    var told = System.getProperty(property);
    return told == null ? System.console() != null : Boolean.parseBoolean(told);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
