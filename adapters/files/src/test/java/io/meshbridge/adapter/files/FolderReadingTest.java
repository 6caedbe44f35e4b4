package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.files.ManifestReader.Progress;
import io.meshbridge.spi.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderReadingTest {
  @TempDir private Path temp;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temp.resolve("mesh"));
  }

  @Test
  void readsSubFoldersInTheOrderOfNamesAndTellsItsProgress() throws IOException {
    // Given
    manifest("b.yml");
    manifest("a/z.json");
    manifest("a/a.yaml");
    Files.writeString(root.resolve("README.md"), "no: manifest");
    var progress = new ArrayList<String>();

    // When
    var read =
        new ManifestReader()
            .read(
                root,
                (file, number, total) ->
                    progress.add(number + "/" + total + " " + root.relativize(file)));

    // Then
    assertThat(files(read)).containsExactly("a/a.yaml", "a/z.json", "b.yml");
    assertThat(progress).containsExactly("1/3 a/a.yaml", "2/3 a/z.json", "3/3 b.yml");
  }

  @Test
  void passesOverWhatIsHidden() throws IOException {
    manifest("a.yaml");
    manifest(".b.yaml");
    manifest(".git/c.yaml");

    assertThat(files(read())).containsExactly("a.yaml");
  }

  @Test
  void followsLinksAsMountedConfigMapsHaveThem() throws IOException {
    manifest("..2026/web.yaml");
    Files.createSymbolicLink(root.resolve("..data"), Path.of("..2026"));
    Files.createSymbolicLink(root.resolve("web.yaml"), Path.of("..data/web.yaml"));

    assertThat(files(read())).containsExactly("web.yaml");
  }

  @Test
  void endsInALoopOfLinks() throws IOException {
    manifest("a/a.yaml");
    Files.createSymbolicLink(root.resolve("a/up"), root);
    Files.createSymbolicLink(root.resolve("b"), root.resolve("a"));

    var read = read();

    assertThat(read.isWhole()).isTrue();
    assertThat(files(read)).containsExactly("a/a.yaml");
  }

  @Test
  void tellsWhatCannotBeOpened() throws IOException {
    manifest("a.yaml");
    Files.createSymbolicLink(root.resolve("gone.yaml"), root.resolve("nowhere"));

    var read = read();

    assertThat(files(read)).containsExactly("a.yaml");
    assertThat(read.diagnostics())
        .singleElement()
        .satisfies(fault -> assertThat(fault.location().file()).endsWith("gone.yaml"))
        .satisfies(fault -> assertThat(fault.message()).contains("cannot be opened"));
  }

  @Test
  void tellsThatAPlaceDoesNotExist() {
    var missing = new ManifestReader().read(root.resolve("missing"), Progress.SILENT);

    assertThat(missing.documents()).isEmpty();
    assertThat(missing.diagnostics())
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("does not exist"));
  }

  @Test
  void readsASingleFileOfAnyName() throws IOException {
    var file = Files.writeString(root.resolve("manifest.txt"), "kind: A\n");

    assertThat(new ManifestReader().read(file, Progress.SILENT).documents()).hasSize(1);
  }

  private Manifests read() {
    return new ManifestReader().read(root, Progress.SILENT);
  }

  private void manifest(String name) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"kind\": \"A\"}\n");
  }

  private List<String> files(Manifests read) {
    return read.documents().stream()
        .map(Document::location)
        .map(location -> root.relativize(Path.of(location.file())).toString())
        .toList();
  }
}
