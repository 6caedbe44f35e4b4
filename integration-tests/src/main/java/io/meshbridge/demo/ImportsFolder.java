package io.meshbridge.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder into which the bridge writes imports, looked at as any other program would. */
record ImportsFolder(Path folder) {
  /** The folder's name below the mesh's. */
  static final String NAME = "meshbridge";

  static ImportsFolder of(Path mesh) {
    return new ImportsFolder(mesh.resolve(NAME));
  }

  /** The first file that bears all of these texts. */
  Optional<String> sight(String... texts) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (bears(file, texts)) {
          return Optional.of(file.toString());
        }
      }
      return Optional.empty();
    } catch (UncheckedIOException changing) {
      // A file went while the folder was listed: look again.
      return Optional.empty();
    }
  }

  private static boolean bears(Path file, String... texts) throws IOException {
    if (file.getFileName().toString().startsWith(".")) {
      return false;
    }
    try {
      var text = Files.readString(file);
      return Stream.of(texts).allMatch(text::contains);
    } catch (NoSuchFileException replaced) {
      return false;
    }
  }
}
