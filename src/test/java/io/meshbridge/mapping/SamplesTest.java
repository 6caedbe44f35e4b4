package io.meshbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Translator.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** There is a valid sample of every leaf. */
class SamplesTest {
  @TestFactory
  Stream<DynamicTest> haveTheirLeafInOneDocumentAndNotInTheOther() {
    return forEachKind(
        kind -> true,
        (kind, samples) ->
            assertThat(samples)
                .filteredOn(
                    sample ->
                        sample.leafWith().isEmpty()
                            || sample.leafWith().equals(sample.leafWithout()))
                .extracting(Sample::path)
                .isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> useEveryRecipe() {
    return Arrays.stream(PolicyKind.values())
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.id(),
                    () ->
                        assertThat(SampleBook.of(kind).unused(LeafList.of(kind)))
                            .as("recipes that no leaf needs")
                            .isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> areRightInTheEyesOfTheirMesh() {
    return Arrays.stream(MeshKind.values())
        .map(mesh -> DynamicTest.dynamicTest(mesh.word(), () -> assertNoErrors(mesh)));
  }

  @TestFactory
  Stream<DynamicTest> areValidAgainstTheSchema() {
    assumeTrue(
        CrdLeaves.FOLDER.isPresent(),
        "not compared with the CustomResourceDefinitions: MESHBRIDGE_CRDS names no folder of them");
    var definitions = CrdLeaves.in(CrdLeaves.FOLDER.orElseThrow());
    return forEachKind(
        PolicyKind::hasCrd,
        (kind, samples) -> {
          var schema = new CrdSchema(definitions.specSchema(kind));
          var faults = new ArrayList<String>();
          for (Sample sample : samples) {
            schema
                .faults(sample.with().get("spec"))
                .forEach(fault -> faults.add(sample.path() + ": " + fault));
          }
          assertThat(faults).isEmpty();
        });
  }

  @Test
  void areAllThatLiesInTheirFolder() throws IOException {
    try (var files = Files.list(MappingFiles.resource("samples"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(PolicyKind.values()).map(kind -> kind.id() + ".yaml").toList());
    }
  }

  /** What is done with the samples of a kind. */
  @FunctionalInterface
  private interface Check {
    void of(PolicyKind kind, List<Sample> samples) throws IOException;
  }

  private static Stream<DynamicTest> forEachKind(Predicate<PolicyKind> wanted, Check check) {
    return Arrays.stream(PolicyKind.values())
        .filter(wanted)
        .map(kind -> DynamicTest.dynamicTest(kind.id(), () -> check.of(kind, samples(kind))));
  }

  private static List<Sample> samples(PolicyKind kind) throws IOException {
    var book = SampleBook.of(kind);
    return LeafList.of(kind).leaves().stream().map(book::sample).toList();
  }

  private static void assertNoErrors(MeshKind mesh) throws IOException {
    var world = World.of(mesh);
    var faults = new ArrayList<String>(errors(mesh, world));
    for (PolicyKind kind : mesh.policies()) {
      for (Sample sample : samples(kind)) {
        for (String error : errors(mesh, sample.documentsWith(world))) {
          faults.add(kind.id() + " " + sample.path() + " with: " + error);
        }
        for (String error : errors(mesh, sample.documentsWithout(world))) {
          faults.add(kind.id() + " " + sample.path() + " without: " + error);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static List<String> errors(MeshKind mesh, List<Document> documents) {
    var origin = new MeshDescriptor(new MeshId("home"), mesh.word(), "", "", "");
    var reading = mesh.adapter().translator().read(documents, origin, Selection.ALL);
    var errors = new ArrayList<String>();
    reading.unreadable().forEach((service, reason) -> errors.add(service + ": " + reason));
    reading.diagnostics().stream()
        .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
        .forEach(
            error -> errors.add(error.location() + ": " + error.path() + ": " + error.message()));
    return errors;
  }
}
