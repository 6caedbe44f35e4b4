package io.meshbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * No field is lost in silence: whatever leaf of a policy is set, the translation shows it or names
 * it. And the pages in {@code docs/mapping} say what becomes of each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class MappingTest {
  private final List<Mapping> mappings = new ArrayList<>();
  private final Map<PolicyKind, SampleBook> books = new EnumMap<>(PolicyKind.class);

  @BeforeAll
  void measure() throws IOException {
    for (PolicyKind kind : PolicyKind.values()) {
      books.put(kind, SampleBook.of(kind));
    }
    for (MeshKind from : MeshKind.values()) {
      for (MeshKind to : MeshKind.values()) {
        mappings.add(Mapping.measured(from, to));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> losesNothingInSilence() {
    return mappings.stream()
        .map(
            mapping ->
                DynamicTest.dynamicTest(
                    mapping.name(),
                    () -> {
                      System.out.println(
                          "[measured] "
                              + mapping.name()
                              + ": "
                              + new Tally(mapping.findings()).sentence());
                      assertThat(mapping.findings())
                          .filteredOn(finding -> finding.fate() == Fate.SILENT)
                          .extracting(finding -> finding.kind().id() + " " + finding.leaf().path())
                          .as("neither in the output nor among the losses")
                          .isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> pagesAreCurrent() {
    var index =
        DynamicTest.dynamicTest(
            "README",
            () -> MappingFiles.check(MappingFiles.page("README.md"), MappingIndex.of(mappings)));
    var pages =
        mappings.stream()
            .map(
                mapping ->
                    DynamicTest.dynamicTest(
                        mapping.name(),
                        () ->
                            MappingFiles.check(
                                MappingFiles.page(mapping.name() + ".md"),
                                MappingPage.of(mapping, books))));
    return Stream.concat(Stream.of(index), pages);
  }

  @Test
  void pagesAreAllThatLiesInTheirFolder() throws IOException {
    try (var files = Files.list(MappingFiles.page("README.md").getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Stream.of("README.md"),
                      mappings.stream().map(mapping -> mapping.name() + ".md"))
                  .toList());
    }
  }
}
