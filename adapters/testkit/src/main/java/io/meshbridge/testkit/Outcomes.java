package io.meshbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The rows of {@code docs/outcomes.md}: what users see when something is wrong. A test asks for its
 * row and holds what really happens against the row's cells, so that the page cannot say otherwise.
 */
public final class Outcomes {
  /** The page, seen from the folder of any module at the top. */
  public static final Path PAGE = Path.of("..", "docs", "outcomes.md");

  private static final String NONE = "-";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern METRIC = Pattern.compile("`([^`]+)` (rises|stays|is [0-9.]+)");

  private Outcomes() {}

  /**
   * A row.
   *
   * @param id by which its test asks for it
   * @param input what is wrong, in words
   * @param state what becomes of it, in the words of REST; empty if there is nothing to have one
   * @param metric empty if none tells
   * @param log fragments of lines of the log, or of a command's output; all of them are there
   * @param exit how the process ends: an exit code, or {@code keeps running}
   */
  public record Outcome(
      String id, String input, String state, List<Metric> metric, List<String> log, String exit) {
    /** Copies. */
    public Outcome {
      metric = List.copyOf(metric);
      log = List.copyOf(log);
    }

    /** Whether the process goes on. */
    public boolean keepsRunning() {
      return exit.equals("keeps running");
    }
  }

  /**
   * What a metric shows.
   *
   * @param series its name and labels, as Prometheus writes them
   * @param verdict {@code rises}, {@code stays}, or {@code is} with a number
   */
  public record Metric(String series, String verdict) {
    /** Whether a value is as the page says, after it was another one before. */
    public boolean holds(double before, double now) {
      return switch (verdict) {
        case "rises" -> now > before;
        case "stays" -> now == before;
        default -> now == Double.parseDouble(verdict.substring("is ".length()));
      };
    }
  }

  /**
   * The row of this id.
   *
   * @throws IllegalArgumentException if the page has none
   */
  public static Outcome row(String id) {
    var row = rows().get(id);
    if (row == null) {
      throw new IllegalArgumentException(PAGE + " has no row " + id);
    }
    return row;
  }

  /** All rows by their ids, in the order of the page. */
  public static Map<String, Outcome> rows() {
    var rows = new LinkedHashMap<String, Outcome>();
    for (String line : lines()) {
      if (line.startsWith("| `")) {
        var row = read(line);
        if (rows.put(row.id(), row) != null) {
          throw new IllegalArgumentException(PAGE + " has two rows " + row.id());
        }
      }
    }
    return rows;
  }

  private static Outcome read(String line) {
    var cells = line.substring(1, line.length() - 1).split("\\|", -1);
    if (cells.length != 6) {
      throw new IllegalArgumentException(PAGE + ": a row has six cells: " + line);
    }
    return new Outcome(
        codes(cells[0]).getFirst(),
        cells[1].strip(),
        plain(cells[2]),
        metrics(cells[3]),
        codes(cells[4]),
        plain(cells[5]));
  }

  private static List<Metric> metrics(String cell) {
    return METRIC
        .matcher(cell)
        .results()
        .map(found -> new Metric(found.group(1), found.group(2)))
        .toList();
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }

  private static String plain(String cell) {
    var text = cell.replace("`", "").strip();
    return text.equals(NONE) ? "" : text;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
