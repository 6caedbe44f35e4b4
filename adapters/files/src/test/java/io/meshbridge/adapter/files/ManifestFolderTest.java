package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.files.FolderView.View;
import io.meshbridge.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFolderTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path root;

  private final HandClock clock = HandClock.at(WRITTEN);
  private final FolderView view = new FolderView();
  private ManifestFolder folder;

  @Test
  void seesAChangeWithinOneTickOfTheFileSystem() throws IOException {
    write("a.yaml", "a: 1");
    assertThat(read().documents()).hasSize(1);

    write("a.yaml", "a: 2");

    assertThat(contents()).containsExactly("{a=2}");
  }

  @Test
  void doesNotReadAgainWhatIsOldAndUnchanged() throws IOException {
    write("a.yaml", "a: 1");
    clock.advance(Duration.ofMinutes(1));
    read();

    // Same size, time and inode: told apart by nothing but its content, which is not looked at.
    write("a.yaml", "a: 2");

    assertThat(contents()).containsExactly("{a=1}");
  }

  @Test
  void namesExactlyTheFilesThatChanged() throws IOException {
    write("a.yaml", "a: 1");
    write("b.yaml", "b: 1");
    write("c.yaml", "c: 1");
    folder().read();

    write("a.yaml", "a: 22");
    Files.delete(root.resolve("b.yaml"));
    write("d.yaml", "d: 1");

    assertThat(folder().read().changed())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("a.yaml", "b.yaml", "d.yaml");
    assertThat(folder().read().changed()).isEmpty();
  }

  @Test
  void takesABrokenFileAsItLastWas() throws IOException {
    write("a.yaml", "a: 1\n---\na: 2");
    write("b.yaml", "b: 1");
    read();

    write("a.yaml", "a: 1\n---\na: [");
    write("b.yaml", "b: 2");

    assertThat(contents()).containsExactly("{a=1}", "{a=2}", "{b=2}");
    assertThat(read().troubles()).containsOnlyKeys(root.resolve("a.yaml"));
  }

  @Test
  void takesAnEmptiedFileAsItLastWasButBelievesAComment() throws IOException {
    write("a.yaml", "a: 1");
    read();

    write("a.yaml", " \n");
    assertThat(contents()).containsExactly("{a=1}");
    assertThat(read().isWhole()).isFalse();

    write("a.yaml", "# nothing any more");
    assertThat(contents()).isEmpty();
    assertThat(read().isWhole()).isTrue();
  }

  @Test
  void knowsNothingOfABrokenFileThatWasNeverWhole() throws IOException {
    write("a.yaml", "a: [");
    assertThat(contents()).isEmpty();
    assertThat(read().isWhole()).isFalse();

    Files.delete(root.resolve("a.yaml"));
    assertThat(read().isWhole()).isTrue();
  }

  @Test
  void forgetsAFileThatIsGone() throws IOException {
    write("a.yaml", "a: 1");
    read();
    Files.delete(root.resolve("a.yaml"));
    read();

    write("a.yaml", "a: [");

    assertThat(contents()).isEmpty();
  }

  private ManifestFolder folder() {
    if (folder == null) {
      folder = new ManifestFolder(root, new ManifestReader(), clock);
    }
    return folder;
  }

  private View read() throws IOException {
    return view.of(folder().read());
  }

  private List<String> contents() throws IOException {
    return read().documents().stream().map(document -> document.content().toString()).toList();
  }

  /** In place, and always with the same time. */
  private void write(String name, String text) throws IOException {
    var file = Files.writeString(root.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
  }
}
