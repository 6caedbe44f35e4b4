package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
  @TempDir Path folder;

  private final ManifestReader reader = new ManifestReader();

  @Test
  void knowsTheLineOfEachField() {
    var document =
        onlyDocument(
            """
            # a comment
            kind: Service
            spec:
              ports:
                - name: http
                  number: 80
                - {name: grpc, number: 90}
            """);

    assertThat(document.location()).isEqualTo(new Location("a.yaml", 2));
    assertThat(document.locationOf("spec.ports[0].number").line()).isEqualTo(6);
    assertThat(document.locationOf("spec.ports[1].number").line()).isEqualTo(7);
    assertThat(document.locationOf("spec.ports[1].unknown").line()).isEqualTo(7);
  }

  @Test
  void countsLinesThroughAllDocumentsOfAFile() {
    var manifests = yaml("a: 1\n---\n\nb: 2\n--- # third\nc: 3\n...\n---\nd: 4\n");

    assertThat(manifests.diagnostics()).isEmpty();
    assertThat(manifests.documents())
        .extracting(document -> document.location().line())
        .containsExactly(1, 4, 6, 9);
  }

  @Test
  void losesOnlyTheBrokenDocument() {
    var manifests = yaml("a: 1\n---\nb: [1\nc: }\n---\nd: 4\n");

    assertThat(manifests.documents())
        .extracting(Document::content)
        .containsExactly(Map.of("a", 1), Map.of("d", 4));
    assertThat(onlyFault(manifests).location().line()).isEqualTo(4);
    assertThat(onlyFault(manifests).message()).contains("is not YAML");
  }

  @Test
  void namesEachDuplicateKeyWithBothLines() {
    var manifests = yaml("name: a\nspec:\n  x: 1\n  y: 2\n  x: 3\nname: b\n");

    assertThat(manifests.documents()).isEmpty();
    assertThat(manifests.diagnostics())
        .extracting(fault -> fault.location().line())
        .containsExactly(5, 6);
    assertThat(manifests.diagnostics().getFirst().path()).isEqualTo("spec.x");
    assertThat(manifests.diagnostics().getFirst().message()).contains("first in line 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on", "yes", "No", "y", "12:30:45", "190:20:30", "2026-11-22", "2026-11-22T10:00:00Z",
        "1_000", "1.2.3", ".inf", ".nan", "1e999", "0b11", "10.0.0.1", "="
      })
  void keepsAsTextWhatIsNoNumberAndNoTruthValue(String text) {
    assertThat(onlyDocument("value: " + text).content()).containsEntry("value", text);
  }

  @Test
  void readsNumbersAndTruthValues() {
    var content =
        onlyDocument(
                """
                whole: -80
                long: 3000000000
                huge: 123456789012345678901234567890
                hex: 0x1F
                decimal: 1.5
                quoted: "1.10"
                yes: true
                nothing: null
                list: [1, ~, "2"]
                80: a key is text
                """)
            .content();

    assertThat(content)
        .containsEntry("whole", -80)
        .containsEntry("long", 3_000_000_000L)
        .containsEntry("huge", new BigInteger("123456789012345678901234567890"))
        .containsEntry("hex", 31)
        .containsEntry("decimal", 1.5)
        .containsEntry("quoted", "1.10")
        .containsEntry("yes", true)
        .doesNotContainKey("nothing")
        .containsEntry("list", List.of(1, "2"))
        .containsEntry("80", "a key is text");
  }

  @Test
  void followsAliasesAndMerges() {
    var content =
        onlyDocument("base: &b {port: 80, tls: off}\none: {<<: *b, port: 90}\ntwo: *b\n").content();

    assertThat(content).containsEntry("one", Map.of("port", 90, "tls", "off"));
    assertThat(content).containsEntry("two", Map.of("port", 80, "tls", "off"));
  }

  @Test
  void refusesABombOfAliases() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 12; level++) {
      var below = "*a" + (level - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(level, level, String.join(", ", tenTimes(below))));
    }

    var fault = onlyFault(yaml(bomb.toString()));

    assertThat(fault.message()).contains("aliases expanded");
  }

  @Test
  void refusesADepthThatAliasesHide() {
    var tower = new StringBuilder("a0: &a0 x\n");
    for (int level = 1; level < 300; level++) {
      tower.append("a%d: &a%d [*a%d]\n".formatted(level, level, level - 1));
    }

    assertThat(onlyFault(yaml(tower.toString())).message()).contains("levels deep");
  }

  @Test
  void refusesAnAliasThatHoldsItself() {
    assertThat(onlyFault(yaml("a: &a [*a]")).message()).contains("alias *a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.yaml", "a.json"})
  void refusesEndlessNesting(String name) {
    var manifests = reader.readText(name, "{\"a\":".repeat(100_000));

    assertThat(manifests.documents()).isEmpty();
    assertThat(manifests.isWhole()).isFalse();
  }

  @Test
  void refusesWhatIsTooLargeButReadsLongJson() {
    var small = new ManifestReader(new Limits(40, 5, 5, 2, 20));

    assertThat(onlyFault(small.readText("a.yaml", "a: 1\n".repeat(9))).message())
        .contains("larger than 40 bytes");
    assertThat(onlyFault(small.readText("a.yaml", "a: 1\n---\n".repeat(3))).message())
        .contains("more than 2 documents");
    assertThat(onlyFault(small.readText("a.json", "{}".repeat(3))).message())
        .contains("more than 2 documents");
    assertThat(onlyFault(small.readText("a.yaml", "a: 1\n---\nb: " + "x".repeat(18))))
        .satisfies(fault -> assertThat(fault.location().line()).isEqualTo(2))
        .satisfies(fault -> assertThat(fault.message()).contains("more than 20 characters"));
    assertThat(small.readText("a.yaml", "{\"a\": \"" + "x".repeat(20) + "\"}").isWhole()).isTrue();
  }

  @Test
  void tellsOnlySoManyDuplicates() {
    assertThat(yaml("a: 1\n".repeat(5_000)).diagnostics()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n---\n", "~", "null", "\ufeff"})
  void passesOverEmptyDocuments(String text) {
    assertThat(yaml(text)).isEqualTo(Manifests.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"just text", "42", "[a, b]", "!object {a: 1}", "? [a]\n: b"})
  void refusesDocumentsThatAreNoMapping(String text) {
    var manifests = yaml(text);

    assertThat(manifests.documents()).isEmpty();
    assertThat(onlyFault(manifests).location()).isEqualTo(new Location("a.yaml", 1));
  }

  @Test
  void keepsDirectivesWithTheirDocument() {
    assertThat(yaml("%YAML 1.2\n---\na: 1\n").documents())
        .extracting(Document::content)
        .containsExactly(Map.of("a", 1));
  }

  @Test
  void readsJsonInsideYamlAlsoIfItIsIndentedWithTabs() {
    var manifests = yaml("a: 1\n---\n{\n\t\"b\": [\n\t\t{\"c\": 2}\n\t]\n}\n");

    assertThat(manifests.diagnostics()).isEmpty();
    var json = manifests.documents().get(1);
    assertThat(json.content()).isEqualTo(Map.of("b", List.of(Map.of("c", 2))));
    assertThat(json.locationOf("b[0].c").line()).isEqualTo(5);
  }

  @Test
  void readsOneAndManyAndListedJsonDocuments() {
    assertThat(json("{\"a\": 1}").documents()).hasSize(1);
    assertThat(json("{\"a\": 1}\n{\"b\": 2} {\"c\": 3}").documents()).hasSize(3);
    assertThat(json("[{\"a\": 1},\n {\"b\": 2}]").documents())
        .extracting(document -> document.location().line())
        .containsExactly(1, 2);
  }

  @Test
  void keepsJsonDocumentsThatStandBeforeTheBrokenOne() {
    var manifests = json("{\"a\": 1}\n{\"b\": 2,\n}\n{\"c\": 3}\n");

    assertThat(manifests.documents()).extracting(Document::content).containsExactly(Map.of("a", 1));
    assertThat(onlyFault(manifests).location().line()).isEqualTo(3);
  }

  @Test
  void knowsLinesAndDuplicatesInJsonToo() {
    var document = json("{\n \"a\": {\n  \"b\": [\n   1,\n   2\n]}}").documents().getFirst();
    assertThat(document.locationOf("a.b[1]").line()).isEqualTo(5);

    var fault = onlyFault(json("{\"a\": 1,\n\"a\": 2}"));
    assertThat(fault.location().line()).isEqualTo(2);
    assertThat(fault.message()).contains("'a' stands twice");
  }

  @Test
  void losesOnlyTheDocumentThatIsNotText() {
    byte[] bytes = "a: 1\n---\nb: ?\n---\nc: 3\n".getBytes(StandardCharsets.UTF_8);
    bytes[12] = (byte) 0xff;

    var manifests = reader.readBytes("a.yaml", bytes);

    assertThat(manifests.documents())
        .extracting(Document::content)
        .containsExactly(Map.of("a", 1), Map.of("c", 3));
    assertThat(onlyFault(manifests).location().line()).isEqualTo(3);
    assertThat(onlyFault(manifests).message()).contains("UTF-8");
  }

  @Test
  void readsStandardInputAsWhatItLooksLike() {
    assertThat(standardInput("{\"a\": 1}{\"b\": 2}").documents()).hasSize(2);
    assertThat(standardInput("a: 1\n---\nb: 2").documents()).hasSize(2);
    assertThat(standardInput("[{\"a\": 1}]").documents()).hasSize(1);
    assertThat(onlyFault(standardInput("a: [")).location().file()).isEqualTo("-");
  }

  @Test
  void readsAFolderInOrderWithoutHiddenFilesAndLoops() throws IOException {
    write("b.yaml", "name: b");
    write("a/z.json", "{\"name\": \"z\"}");
    write(".git/config.yaml", "name: git");
    write(".hidden.yaml", "name: hidden");
    write("notes.txt", "not read");
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    var progress = new ArrayList<String>();

    var manifests =
        reader.read(
            folder,
            (file, number, total) -> progress.add(file.getFileName() + " " + number + "/" + total));

    assertThat(manifests.documents())
        .extracting(document -> document.content().get("name"))
        .containsExactly("z", "b");
    assertThat(manifests.diagnostics()).isEmpty();
    assertThat(progress).containsExactly("z.json 1/2", "b.yaml 2/2");
  }

  @Test
  void followsLinksAsMountedConfigMapsHaveThem() throws IOException {
    write("..2026_11_22/web.yaml", "name: web");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_22"));
    Files.createSymbolicLink(folder.resolve("web.yaml"), Path.of("..data/web.yaml"));

    assertThat(reader.read(folder, ManifestReader.Progress.SILENT).documents()).hasSize(1);
  }

  @Test
  void saysWhatCannotBeOpened() throws IOException {
    Files.createSymbolicLink(folder.resolve("gone.yaml"), Path.of("nowhere"));

    var missing = reader.read(folder.resolve("missing.yaml"), ManifestReader.Progress.SILENT);
    var dangling = reader.read(folder, ManifestReader.Progress.SILENT);

    assertThat(onlyFault(missing).message()).contains("missing.yaml does not exist");
    assertThat(onlyFault(dangling).location().file()).endsWith("gone.yaml");
  }

  private static List<String> tenTimes(String text) {
    return Collections.nCopies(10, text);
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Manifests yaml(String text) {
    return reader.readText("a.yaml", text);
  }

  private Manifests json(String text) {
    return reader.readText("a.json", text);
  }

  private Manifests standardInput(String text) {
    return reader.read(
        ManifestReader.STANDARD_INPUT,
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Document onlyDocument(String text) {
    var manifests = yaml(text);
    assertThat(manifests.diagnostics()).isEmpty();
    assertThat(manifests.documents()).hasSize(1);
    return manifests.documents().getFirst();
  }

  private static Diagnostic onlyFault(Manifests manifests) {
    assertThat(manifests.diagnostics()).hasSize(1);
    return manifests.diagnostics().getFirst();
  }
}
