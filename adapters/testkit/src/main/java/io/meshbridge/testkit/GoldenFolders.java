package io.meshbridge.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;

/**
 * Golden folders: one folder per case, named like a sentence, with the files {@code in-*} that go
 * in and the files {@code out-*} that must come out, compared as text.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> translations() {
 *   return GoldenFolders.in(Path.of("src/test/resources/golden"))
 *       .check(golden -> Map.of("out-import.yaml", translate(golden.input("in-export.yaml"))));
 * }
 * }</pre>
 *
 * <p>There is one test per expected file, and one that fails on a file that nothing read or made.
 * {@code -Dmeshbridge.golden.rewrite=true} writes what came out instead of comparing it; look at
 * the difference before you commit it. Where {@code CI} is {@code true} that is refused.
 */
public final class GoldenFolders {
  private static final String REWRITE = "meshbridge.golden.rewrite";

  private final Path root;
  private final boolean rewrite;

  private GoldenFolders(Path root, boolean rewrite) {
    this.root = root;
    this.rewrite = rewrite;
  }

  /** What a case does: input files to output files, each by its name. */
  @FunctionalInterface
  public interface Translation {
    /** The text of every output file; each name begins with {@code out-}. */
    SortedMap<String, String> outputs(GoldenCase golden) throws Exception;
  }

  /**
   * The cases in the folders of {@code root}.
   *
   * @throws IllegalStateException if rewriting is asked for where {@code CI} is {@code true}
   */
  public static GoldenFolders in(Path root) {
    return in(
        root,
        name ->
            name.equals("CI")
                ? Optional.ofNullable(System.getenv("CI")).orElse("")
                : System.getProperty(name, ""));
  }

  /**
   * The same, with the switches handed in.
   *
   * @param switches the text of a switch; empty if it is not set
   */
  static GoldenFolders in(Path root, UnaryOperator<String> switches) {
    boolean rewrite = switches.apply(REWRITE).equals("true");
    if (rewrite && switches.apply("CI").equals("true")) {
      throw new IllegalStateException(
          "golden files are never rewritten in CI: unset " + REWRITE + " and commit them instead");
    }
    return new GoldenFolders(root, rewrite);
  }

  /**
   * The tests of all cases, in the order of their names.
   *
   * @throws IOException if the folders cannot be listed
   * @throws IllegalStateException if there is no case at all
   */
  public Stream<DynamicNode> check(Translation translation) throws IOException {
    var folders = sortedEntries(root).stream().filter(Files::isDirectory).toList();
    if (folders.isEmpty()) {
      throw new IllegalStateException("there is no golden folder in " + root.toAbsolutePath());
    }
    var nodes = new TreeMap<String, DynamicNode>();
    for (Path folder : folders) {
      var golden = new GoldenCase(folder, sortedEntries(folder));
      nodes.put(
          golden.name(),
          DynamicContainer.dynamicContainer(
              golden.title(), folder.toUri(), tests(golden, translation)));
    }
    return List.copyOf(nodes.values()).stream();
  }

  private Stream<DynamicTest> tests(GoldenCase golden, Translation translation) {
    var run = new GoldenRun(golden, translation);
    if (rewrite) {
      return Stream.of(DynamicTest.dynamicTest("is rewritten", run::rewrite));
    }
    var expected =
        golden.expected().stream()
            .map(name -> DynamicTest.dynamicTest(name, () -> compare(run, golden, name)));
    return Stream.concat(
        expected, Stream.of(DynamicTest.dynamicTest("every file is used", () -> allUsed(run))));
  }

  private static void compare(GoldenRun run, GoldenCase golden, String name) throws Exception {
    var wanted = golden.text(name);
    var actual = run.outputs().get(name);
    if (actual == null) {
      throw new AssertionError(
          name + " is expected, but only these came out: " + run.outputs().keySet());
    }
    if (!actual.equals(wanted)) {
      throw new AssertionFailedError(
          golden.folder().resolve(name)
              + " is not what came out (- expected, + came out; if it should be, rewrite it with -D"
              + REWRITE
              + "=true):\n"
              + TextDiff.between(wanted, actual),
          wanted,
          actual);
    }
  }

  private static void allUsed(GoldenRun run) throws Exception {
    var unexpected = new TreeSet<>(run.outputs().keySet());
    unexpected.removeAll(run.golden().expected());
    var unused = run.golden().neitherInNorOut();
    unused.addAll(run.golden().unread());
    if (!unexpected.isEmpty() || !unused.isEmpty()) {
      throw new AssertionError(
          run.golden().folder()
              + ": came out but is not expected: "
              + unexpected
              + "; lies there but nothing read or made it: "
              + unused);
    }
  }

  private static List<Path> sortedEntries(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
