package io.meshbridge.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/** The files that these tests keep, and the switch that writes them anew. */
final class MappingFiles {
  private static final String REWRITE = "meshbridge.golden.rewrite";
  private static final Path RESOURCES = Path.of("test", "resources", "mapping");
  private static final Path PAGES = Path.of("..", "docs", "mapping");

  private MappingFiles() {}

  static Path resource(String name) {
    return RESOURCES.resolve(name);
  }

  static Path page(String name) {
    return PAGES.resolve(name);
  }

  /**
   * Fails if the file does not hold the text; where rewriting is asked for, writes it instead.
   *
   * @throws IllegalStateException if rewriting is asked for where {@code CI} is {@code true}
   */
  static void check(Path file, String text) throws IOException {
    if (rewrites()) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return;
    }
    var kept = Files.exists(file) ? Files.readString(file) : "";
    if (!kept.equals(text)) {
      throw new AssertionFailedError(
          file
              + " is not current: write it anew with -D"
              + REWRITE
              + "=true, and look at the difference; the first is\n"
              + firstDifference(kept.lines().toList(), text.lines().toList()),
          kept,
          text);
    }
  }

  private static String firstDifference(List<String> kept, List<String> wanted) {
    int line = 0;
    while (line < kept.size() && line < wanted.size() && kept.get(line).equals(wanted.get(line))) {
      line++;
    }
    return "- " + lineOf(kept, line) + "\n+ " + lineOf(wanted, line);
  }

  private static String lineOf(List<String> lines, int number) {
    return number < lines.size() ? lines.get(number) : "(the end)";
  }

  private static boolean rewrites() {
    boolean asked = Boolean.getBoolean(REWRITE);
    if (asked && Optional.ofNullable(System.getenv("CI")).orElse("").equals("true")) {
      throw new IllegalStateException(
          "files are never rewritten in CI: unset " + REWRITE + " and commit them instead");
    }
    return asked;
  }
}
