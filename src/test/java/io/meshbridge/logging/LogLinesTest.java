package io.meshbridge.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the log says what it is about in parts with keys; of an import, by its key. */
class LogLinesTest {
  private static final List<Path> SOURCES = List.of(Path.of("main/java"), Path.of("../adapters"));
  private static final Pattern CALL =
      Pattern.compile("LOG\\.(?:info|warn|error)(f?)\\(([^;]*?)\\);", Pattern.DOTALL);
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern PART = Pattern.compile("\\w+=%");

  /** What is about the whole process. */
  private static final Set<String> WITHOUT_PARTS = Set.of("log reachable");

  private record Line(Path file, String text) {}

  @Test
  void everyLineHasParts() throws IOException {
    assertThat(lines())
        .hasSizeGreaterThan(60)
        .filteredOn(line -> !WITHOUT_PARTS.contains(line.text()))
        .allSatisfy(line -> assertThat(line.text()).containsPattern(PART));
  }

  @Test
  void everyLineOfAnImportNamesItsTargetAndItsService() throws IOException {
    assertThat(lines())
        .filteredOn(line -> line.text().startsWith("import "))
        .filteredOn(line -> !line.text().startsWith("import session"))
        .hasSizeGreaterThan(5)
        .allSatisfy(line -> assertThat(line.text()).contains("target=%s").contains("service=%s"));
  }

  private static List<Line> lines() throws IOException {
    var lines = new ArrayList<Line>();
    for (Path root : SOURCES) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(LogLinesTest::isSource).toList()) {
          CALL.matcher(Files.readString(file))
              .results()
              .map(call -> TEXT.matcher(call.group(2)))
              .filter(text -> text.find())
              .forEach(text -> lines.add(new Line(file, text.group(1))));
        }
      }
    }
    return lines;
  }

  private static boolean isSource(Path file) {
    var path = file.toString();
    return path.endsWith(".java") && path.contains("main") && !path.contains("target");
  }
}
