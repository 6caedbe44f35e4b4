package io.meshbridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.files.ManifestReader;
import io.meshbridge.testkit.GoldenCase;
import io.meshbridge.testkit.GoldenFolders;
import io.meshbridge.translation.TranslationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each trap has a folder of its name: documents in which it is found ({@code in-bad}), such in
 * which it is not ({@code in-good}), and what is told of the former.
 */
class DocumentChecksTest {
  private static final Path ROOT = Path.of("test", "doctor");

  @TestFactory
  Stream<DynamicNode> findsEachTrapWhereItIsAndNowhereElse() throws IOException {
    return GoldenFolders.in(ROOT).check(DocumentChecksTest::findings);
  }

  @Test
  void triesEveryTrapOfDocuments() throws IOException {
    try (var folders = Files.list(ROOT)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Checks.traps().stream()
                  .filter(trap -> !trap.make().isEmpty())
                  .map(Trap::id)
                  .toList());
    }
  }

  private static SortedMap<String, String> findings(GoldenCase golden) throws IOException {
    var trap = trap(golden.name());
    var findings = new TreeMap<String, String>();
    for (String input : golden.inputs()) {
      var found = look(trap, input, golden.input(input));
      if (input.startsWith("in-good")) {
        assertThat(found).as(input).isEmpty();
      } else {
        assertThat(found).as(input).isNotEmpty();
        findings.put("out-findings.txt", lines(found));
      }
    }
    return findings;
  }

  /** Other traps in the same documents are of no concern here. */
  private static List<Finding> look(Trap trap, String name, String text) {
    var read = new ManifestReader().readText(name, text);
    assertThat(read.diagnostics()).isEmpty();
    return Checks.look(trap.make(), read.documents()).stream()
        .filter(finding -> finding.trap().equals(trap))
        .toList();
  }

  private static String lines(List<Finding> findings) {
    var told = findings.stream().map(Finding::told).toList();
    return String.join("\n", new TranslationReport(List.of(), told).lines()) + "\n";
  }

  private static Trap trap(String id) {
    return Checks.traps().stream()
        .filter(trap -> trap.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no trap " + id));
  }
}
