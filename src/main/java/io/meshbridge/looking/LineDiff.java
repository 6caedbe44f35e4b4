package io.meshbridge.looking;

import java.util.ArrayList;
import java.util.List;

/** Which lines of two texts are the same, which only the first has, and which the second. */
final class LineDiff {
  /** How many lines are shown around a difference. */
  private static final int CONTEXT = 3;

  /** Above this many pairs of lines a table of all would not fit: the middle is one block. */
  private static final long MAX_PAIRS = 4_000_000;

  private LineDiff() {}

  /** Where a line stands. */
  enum Side {
    BOTH,
    BEFORE,
    AFTER
  }

  /** A line of either text. */
  record Line(Side side, String text) {}

  /**
   * Some lines that differ, with a few around them.
   *
   * @param before the line of the first text with which they begin, counted from 1
   * @param after likewise of the second
   */
  record Hunk(int before, int after, List<Line> lines) {
    /** How many of the lines the first text has. */
    int beforeCount() {
      return (int) lines.stream().filter(line -> line.side() != Side.AFTER).count();
    }

    /** How many the second has. */
    int afterCount() {
      return (int) lines.stream().filter(line -> line.side() != Side.BEFORE).count();
    }
  }

  /** The differences of two texts; none if they are equal. */
  static List<Hunk> between(String before, String after) {
    return hunks(lines(split(before), split(after)));
  }

  private static List<String> split(String text) {
    return text.lines().toList();
  }

  private static List<Line> lines(List<String> before, List<String> after) {
    int start = commonStart(before, after);
    int end = commonEnd(before, after, start);
    var lines = new ArrayList<Line>();
    before.subList(0, start).forEach(line -> lines.add(new Line(Side.BOTH, line)));
    addMiddle(
        before.subList(start, before.size() - end),
        after.subList(start, after.size() - end),
        lines);
    before
        .subList(before.size() - end, before.size())
        .forEach(line -> lines.add(new Line(Side.BOTH, line)));
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

  private static void addMiddle(List<String> before, List<String> after, List<Line> lines) {
    if ((long) before.size() * after.size() > MAX_PAIRS) {
      before.forEach(line -> lines.add(new Line(Side.BEFORE, line)));
      after.forEach(line -> lines.add(new Line(Side.AFTER, line)));
      return;
    }
    int[][] common = longestCommon(before, after);
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(new Line(Side.BOTH, before.get(i)));
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Side.BEFORE, before.get(i)));
        i++;
      } else {
        lines.add(new Line(Side.AFTER, after.get(j)));
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

  private static List<Hunk> hunks(List<Line> lines) {
    var hunks = new ArrayList<Hunk>();
    int before = 1;
    int after = 1;
    int at = 0;
    while (at < lines.size()) {
      int end = endOfHunk(lines, at);
      if (end > at) {
        hunks.add(new Hunk(before, after, List.copyOf(lines.subList(at, end))));
      } else {
        end = at + 1;
      }
      for (Line line : lines.subList(at, end)) {
        before += line.side() == Side.AFTER ? 0 : 1;
        after += line.side() == Side.BEFORE ? 0 : 1;
      }
      at = end;
    }
    return hunks;
  }

  /** The end of the lines from here on that are near a difference. */
  private static int endOfHunk(List<Line> lines, int from) {
    int end = from;
    while (end < lines.size() && isNearDifference(lines, end)) {
      end++;
    }
    return end;
  }

  private static boolean isNearDifference(List<Line> lines, int at) {
    int from = Math.max(0, at - CONTEXT);
    int to = Math.min(lines.size(), at + CONTEXT + 1);
    return lines.subList(from, to).stream().anyMatch(line -> line.side() != Side.BOTH);
  }
}
