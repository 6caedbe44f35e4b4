package io.meshbridge.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Asks whoever sits in front of the terminal. */
final class Question {
  private Question() {}

  /**
   * Whether somebody says yes; nobody does where nobody sits.
   *
   * @param text without the choice at its end
   */
  static boolean isAffirmed(Terminal terminal, String text) {
    if (!terminal.asks()) {
      return false;
    }
    terminal.err().print(text + " [y/N] ");
    terminal.err().flush();
    try {
      var reader = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
      var answer = reader.readLine();
      return answer != null && answer.strip().equalsIgnoreCase("y");
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the answer cannot be read", unreadable);
    }
  }
}
