package io.meshbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFoldersTest {
  @TempDir Path root;

  @Test
  void makesOneTestPerExpectedFileAndOneForUnusedFiles() throws Exception {
    file("loud-words", "in-word.txt", "a");
    file("loud-words", "out-word.txt", "A");

    var results = run(GoldenFolders.in(root, unset()));

    assertThat(results.keySet())
        .containsExactly("loud words: out-word.txt", "loud words: every file is used");
    assertThat(results.values()).allMatch(Optional::isEmpty);
  }

  @Test
  void showsTheDifferenceLineByLine() throws Exception {
    file("case", "in-word.txt", "same\nmine\nend\n");
    file("case", "out-word.txt", "SAME\nYOURS\nEND\n");

    var results = run(GoldenFolders.in(root, unset()));

    assertThat(results.get("case: out-word.txt").orElseThrow())
        .hasMessageContaining("  SAME\n- YOURS\n+ MINE\n  END\n");
  }

  @Test
  void detectsFilesThatNothingUses() throws Exception {
    file("case", "in-word.txt", "a");
    file("case", "in-forgotten.yaml", "b");
    file("case", "notes.md", "c");
    file("case", "out-word.txt", "A");

    var results = run(GoldenFolders.in(root, unset()));

    assertThat(results.get("case: every file is used").orElseThrow())
        .hasMessageContaining("[in-forgotten.yaml, notes.md]");
  }

  @Test
  void detectsAnExpectedFileThatDidNotComeOut() throws Exception {
    file("case", "in-word.txt", "a");
    file("case", "out-other.txt", "A");

    var results = run(GoldenFolders.in(root, unset()));

    assertThat(results.get("case: out-other.txt").orElseThrow())
        .hasMessageContaining("out-other.txt is expected")
        .hasMessageContaining("[out-word.txt]");
    assertThat(results.get("case: every file is used").orElseThrow())
        .hasMessageContaining("not expected: [out-word.txt]");
  }

  @Test
  void failsWhenThereIsNoCaseAtAll() {
    assertThatThrownBy(() -> run(GoldenFolders.in(root, unset())))
        .hasMessageContaining("no golden folder");
  }

  @Test
  void rewritesOnlyWhenAsked() throws Exception {
    file("case", "in-word.txt", "a");
    file("case", "out-word.txt", "old");
    file("case", "out-stale.txt", "old");

    run(GoldenFolders.in(root, unset()));
    assertThat(root.resolve("case/out-word.txt")).hasContent("old");
    var rewriting =
        run(GoldenFolders.in(root, switches(Map.of("meshbridge.golden.rewrite", "true"))));

    assertThat(rewriting.values()).allMatch(Optional::isEmpty);
    assertThat(root.resolve("case/out-word.txt")).hasContent("A");
    assertThat(root.resolve("case/out-stale.txt")).doesNotExist();
  }

  @Test
  void neverRewritesInCi() {
    var switches = switches(Map.of("meshbridge.golden.rewrite", "true", "CI", "true"));

    assertThatThrownBy(() -> GoldenFolders.in(root, switches))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CI");
  }

  private void file(String folder, String name, String text) throws IOException {
    Files.createDirectories(root.resolve(folder));
    Files.writeString(root.resolve(folder).resolve(name), text);
  }

  /** The failure of each test, if it failed. */
  private static Map<String, Optional<Throwable>> run(GoldenFolders golden) throws IOException {
    var results = new LinkedHashMap<String, Optional<Throwable>>();
    golden
        .check(GoldenFoldersTest::shout)
        .map(DynamicContainer.class::cast)
        .forEach(
            folder ->
                folder
                    .getChildren()
                    .map(DynamicTest.class::cast)
                    .forEach(
                        test ->
                            results.put(
                                folder.getDisplayName() + ": " + test.getDisplayName(),
                                outcome(test))));
    return results;
  }

  private static TreeMap<String, String> shout(GoldenCase golden) throws IOException {
    return new TreeMap<>(
        Map.of("out-word.txt", golden.input("in-word.txt").toUpperCase(Locale.ROOT)));
  }

  private static Optional<Throwable> outcome(DynamicTest test) {
    try {
      test.getExecutable().execute();
      return Optional.empty();
    } catch (Throwable failure) {
      return Optional.of(failure);
    }
  }

  private static UnaryOperator<String> unset() {
    return switches(Map.of());
  }

  private static UnaryOperator<String> switches(Map<String, String> values) {
    return name -> values.getOrDefault(name, "");
  }
}
