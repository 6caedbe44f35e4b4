package io.meshbridge.looking;

import io.meshbridge.looking.LineDiff.Hunk;
import io.meshbridge.looking.LineDiff.Line;
import io.meshbridge.looking.LineDiff.Side;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** How the differences of two texts are shown. */
public sealed interface DiffPrinter {
  /** What stands for a text that is not there. */
  String NOTHING = "/dev/null";

  /** Prints the differences of two texts; each is nothing if its name is {@link #NOTHING}. */
  void print(String beforeName, String before, String afterName, String after, PrintWriter out);

  /** As {@code diff -u} does, one below the other. */
  record Unified() implements DiffPrinter {
    @Override
    public void print(
        String beforeName, String before, String afterName, String after, PrintWriter out) {
      out.println("--- " + beforeName);
      out.println("+++ " + afterName);
      for (Hunk hunk : LineDiff.between(before, after)) {
        out.println(
            "@@ -%s +%s @@"
                .formatted(
                    range(hunk.before(), hunk.beforeCount()),
                    range(hunk.after(), hunk.afterCount())));
        hunk.lines().forEach(line -> out.println(sign(line.side()) + line.text()));
      }
    }

    /** Of an empty range the line before it is named. */
    private static String range(int first, int count) {
      return (count == 0 ? first - 1 : first) + (count == 1 ? "" : "," + count);
    }

    private static String sign(Side side) {
      return switch (side) {
        case BOTH -> " ";
        case BEFORE -> "-";
        case AFTER -> "+";
      };
    }
  }

  /**
   * Side by side: {@code |} between lines that differ, {@code <} and {@code >} after and before
   * those that only one side has.
   *
   * @param width of the whole, in columns
   */
  record SideBySide(int width) implements DiffPrinter {
    @Override
    public void print(
        String beforeName, String before, String afterName, String after, PrintWriter out) {
      out.println(row(beforeName, ' ', afterName));
      for (Hunk hunk : LineDiff.between(before, after)) {
        out.println(row("@@ line " + hunk.before(), ' ', "@@ line " + hunk.after()));
        printHunk(hunk, out);
      }
      out.println();
    }

    private void printHunk(Hunk hunk, PrintWriter out) {
      var left = new ArrayList<String>();
      var right = new ArrayList<String>();
      for (Line line : hunk.lines()) {
        switch (line.side()) {
          case BEFORE -> left.add(line.text());
          case AFTER -> right.add(line.text());
          case BOTH -> {
            printChanged(left, right, out);
            out.println(row(line.text(), ' ', line.text()));
          }
        }
      }
      printChanged(left, right, out);
    }

    /** Lines that took each other's place stand beside each other. */
    private void printChanged(List<String> left, List<String> right, PrintWriter out) {
      for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
        if (i >= right.size()) {
          out.println(row(left.get(i), '<', ""));
        } else if (i >= left.size()) {
          out.println(row("", '>', right.get(i)));
        } else {
          out.println(row(left.get(i), '|', right.get(i)));
        }
      }
      left.clear();
      right.clear();
    }

    private String row(String left, char sign, String right) {
      int column = (width - 3) / 2;
      return (cut(left, column)
              + " ".repeat(Math.max(0, column - left.length()))
              + " "
              + sign
              + " "
              + cut(right, column))
          .stripTrailing();
    }

    private static String cut(String text, int column) {
      return text.length() <= column ? text : text.substring(0, column - 1) + "~";
    }
  }
}
