package io.meshbridge.fourth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page shows the example as it is: code and links are compared with what there is. */
class WriteAnAdapterPageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path PAGE = DOCS.resolve("write-an-adapter.md");
  private static final Path EXAMPLE = Path.of("test", "java", "io", "meshbridge", "fourth");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

  @TestFactory
  Stream<DynamicTest> everyExcerptStandsInTheExample() throws IOException {
    var sources = sources();
    var blocks = BLOCK.matcher(Files.readString(PAGE)).results().map(r -> r.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(10);
    return blocks.stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.lines().findFirst().orElseThrow(),
                    () ->
                        assertThat(sources)
                            .as("one of the sources holds these lines, one after the other")
                            .anyMatch(
                                source ->
                                    Collections.indexOfSubList(source, linesOf(block)) >= 0)));
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    var links = LINK.matcher(Files.readString(PAGE)).results().map(r -> r.group(1)).toList();

    assertThat(links).isNotEmpty().allMatch(link -> Files.exists(DOCS.resolve(link)));
  }

  private static List<List<String>> sources() throws IOException {
    var sources = new ArrayList<List<String>>();
    try (var files = Files.list(EXAMPLE)) {
      files.sorted().forEach(file -> sources.add(linesOf(textOf(file))));
    }
    return sources;
  }

  /** Without their indentation, which is another on the page. */
  private static List<String> linesOf(String text) {
    return text.lines().map(String::strip).toList();
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
