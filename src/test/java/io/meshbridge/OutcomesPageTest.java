package io.meshbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.status.ImportState;
import io.meshbridge.testkit.Outcomes;
import io.meshbridge.testkit.Outcomes.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on outcomes and the tests that hold its rows against what happens name each other. */
class OutcomesPageTest {
  private static final Pattern ASKED = Pattern.compile("Outcomes\\s*\\.row\\(\\s*\"([^\"]+)\"");
  private static final List<Path> TESTS =
      List.of(Path.of("src", "test", "java"), Path.of("integration-tests", "src", "test", "java"));

  @Test
  void everyRowIsAskedForByOneTestAndNoTestAsksForAnother() throws IOException {
    assertThat(Outcomes.rows().keySet()).hasSizeGreaterThan(30);
    assertThat(asked()).containsExactlyInAnyOrderElementsOf(Outcomes.rows().keySet());
  }

  @Test
  void everyRowSaysHowTheProcessEndsAndSomethingThatUsersSee() {
    for (Outcome row : Outcomes.rows().values()) {
      assertThat(row.keepsRunning() || row.exit().matches("[0-4]")).as(row.id()).isTrue();
      assertThat(row.log().isEmpty() && row.metric().isEmpty()).as(row.id()).isFalse();
      assertThat(row.input()).as(row.id()).isNotEmpty();
    }
  }

  @Test
  void everyStateOfAnImportIsOneOfThose() {
    var words = Arrays.stream(ImportState.values()).map(state -> "import " + state.word()).toList();

    assertThat(Outcomes.rows().values())
        .extracting(Outcome::state)
        .filteredOn(state -> state.startsWith("import "))
        .isNotEmpty()
        .isSubsetOf(words);
  }

  private static List<String> asked() throws IOException {
    var asked = new ArrayList<String>();
    for (Path folder : TESTS) {
      try (var files = Files.walk(Path.of("..").resolve(folder))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          ASKED.matcher(Files.readString(file)).results().forEach(id -> asked.add(id.group(1)));
        }
      }
    }
    return asked;
  }
}
