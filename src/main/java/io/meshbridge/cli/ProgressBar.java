package io.meshbridge.cli;

import io.meshbridge.translation.DocumentFiles;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Shows on one line of a terminal how far reading has come; elsewhere it is silent. */
final class ProgressBar implements DocumentFiles.Progress {
  private static final int WIDTH = 30;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private int shownPercent = -1;

  ProgressBar(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void reading(Path file, int number, int total) {
    int percent = (int) (100L * number / Math.max(1, total));
    // Printing each of thousands of files would take longer than reading them.
    if (!terminal.shows() || percent == shownPercent) {
      return;
    }
    shownPercent = percent;
    int full = WIDTH * percent / 100;
    draw(
        "["
            + "#".repeat(full)
            + ".".repeat(WIDTH - full)
            + "] "
            + number
            + "/"
            + total
            + " "
            + file.getFileName());
  }

  /** Leaves the line as if it had never been written. */
  void clear() {
    if (terminal.shows()) {
      draw("");
    }
  }

  private void draw(String text) {
    PrintWriter err = terminal.err();
    err.print(ERASE_LINE + text);
    err.flush();
  }
}
