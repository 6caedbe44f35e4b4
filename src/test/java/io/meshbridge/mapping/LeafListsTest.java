package io.meshbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The lists of leaves that the project keeps are those of the real schemas. */
class LeafListsTest {
  @TestFactory
  Stream<DynamicTest> holdEveryLeafOfTheSchema() {
    assumeTrue(
        CrdLeaves.FOLDER.isPresent(),
        "not compared with the CustomResourceDefinitions: MESHBRIDGE_CRDS names no folder of them");
    var definitions = CrdLeaves.in(CrdLeaves.FOLDER.orElseThrow());
    return Arrays.stream(PolicyKind.values())
        .filter(PolicyKind::hasCrd)
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.id(),
                    () -> MappingFiles.check(LeafList.file(kind), definitions.of(kind).text())));
  }

  @TestFactory
  Stream<DynamicTest> areReadAsTheyStand() {
    return Arrays.stream(PolicyKind.values())
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.id(),
                    () ->
                        assertThat(LeafList.of(kind).text())
                            .isEqualTo(Files.readString(LeafList.file(kind)))));
  }

  @Test
  void areAllThatLiesInTheirFolder() throws IOException {
    try (var files = Files.list(MappingFiles.resource("leaves"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(PolicyKind.values()).map(kind -> kind.id() + ".txt").toList());
    }
  }

  @Test
  void refuseWhatIsNoLeafAndWhatStandsThereTwice() {
    assertThatThrownBy(() -> LeafList.parse("# comment\nspec.hosts[]\n"))
        .hasMessageContaining("'spec.hosts[]' is no leaf");
    assertThatThrownBy(() -> LeafList.parse("spec..hosts string\n"))
        .hasMessageContaining("'spec..hosts' is no path");
    assertThatThrownBy(() -> LeafList.parse("a string\na integer\n")).hasMessageContaining("twice");
  }

  @Test
  void spellPathsAsLossesDo() {
    var path = LeafPath.parse("spec.http[].match[].headers{}.exact");
    var annotation = LeafPath.parse("metadata.annotations{retry.linkerd.io/limit}");

    assertThat(path.concrete("x-tier")).isEqualTo("spec.http[0].match[0].headers.x-tier.exact");
    assertThat(annotation.concrete("unused"))
        .isEqualTo("metadata.annotations.retry.linkerd.io/limit");
  }
}
