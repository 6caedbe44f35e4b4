package io.meshbridge.testkit;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts, line by line, with a little of what stands around it. */
final class TextDiff {
  private static final int CONTEXT = 3;

  /**
   * Above this many pairs of lines the middle is shown as one block: a table of all would not fit.
   */
  private static final long MAX_PAIRS = 4_000_000;

  private TextDiff() {}

  private record Line(char sign, String text) {}

  /** Lines marked {@code -} stand only in the first text, lines marked {@code +} in the second. */
  static String between(String expected, String actual) {
    var before = visibleLines(expected);
    var after = visibleLines(actual);
    int start = commonStart(before, after);
    int end = commonEnd(before, after, start);

    var lines = new ArrayList<Line>();
    before.subList(0, start).forEach(line -> lines.add(new Line(' ', line)));
    middle(
        before.subList(start, before.size() - end),
        after.subList(start, after.size() - end),
        lines);
    before
        .subList(before.size() - end, before.size())
        .forEach(line -> lines.add(new Line(' ', line)));
    return print(lines);
  }

  /** A missing newline at the end, or a carriage return, is a difference that has to be seen. */
  private static List<String> visibleLines(String text) {
    var lines = new ArrayList<>(List.of(text.replace("\r", "\\r").split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    } else {
      lines.addLast("\\ no newline at the end");
    }
    return lines;
  }

  private static int commonStart(List<String> before, List<String> after) {
    int start = 0;
    while (start < Math.min(before.size(), after.size())
        && before.get(start).equals(after.get(start))) {
      start++;
    }
    return start;
  }

  private static int commonEnd(List<String> before, List<String> after, int start) {
    int end = 0;
    while (end < Math.min(before.size(), after.size()) - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    return end;
  }

  private static void middle(List<String> before, List<String> after, List<Line> lines) {
    if ((long) before.size() * after.size() > MAX_PAIRS) {
      before.forEach(line -> lines.add(new Line('-', line)));
      after.forEach(line -> lines.add(new Line('+', line)));
      return;
    }
    int[][] common = longestCommon(before, after);
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(new Line(' ', before.get(i)));
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line('-', before.get(i)));
        i++;
      } else {
        lines.add(new Line('+', after.get(j)));
        j++;
      }
    }
  }

  /** For each pair of positions, how many lines the rests have in common. */
  private static int[][] longestCommon(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static String print(List<Line> lines) {
    var text = new StringBuilder();
    boolean skipped = false;
    for (int i = 0; i < lines.size(); i++) {
      if (isNearDifference(lines, i)) {
        text.append(lines.get(i).sign()).append(' ').append(lines.get(i).text()).append('\n');
        skipped = false;
      } else if (!skipped) {
        text.append("  ...\n");
        skipped = true;
      }
    }
    return text.toString();
  }

  private static boolean isNearDifference(List<Line> lines, int at) {
    int from = Math.max(0, at - CONTEXT);
    int to = Math.min(lines.size(), at + CONTEXT + 1);
    return lines.subList(from, to).stream().anyMatch(line -> line.sign() != ' ');
  }
}
