package io.meshbridge.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, for people. */
final class Table {
  private static final String GAP = "  ";

  private final List<String> titles;

  Table(String... titles) {
    this.titles = List.of(titles);
  }

  /** Prints the titles and the rows, each row with one cell per title; empty cells as a dash. */
  void print(List<List<String>> rows, PrintWriter out) {
    var lines = new ArrayList<List<String>>();
    lines.add(titles);
    rows.forEach(row -> lines.add(row.stream().map(Table::cell).toList()));
    var widths = new int[titles.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    lines.forEach(line -> out.println(padded(line, widths)));
  }

  private static String padded(List<String> cells, int[] widths) {
    var text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      text.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length())).append(GAP);
    }
    return text.toString().stripTrailing();
  }

  private static String cell(String text) {
    return text.isEmpty() ? "-" : text.replaceAll("\\p{Cntrl}", " ");
  }
}
