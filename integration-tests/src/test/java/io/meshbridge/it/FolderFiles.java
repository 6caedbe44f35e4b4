package io.meshbridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a mesh that is a folder. */
record FolderFiles(Path folder) {
  /** Into which the bridge writes. */
  static final String IMPORTS = "meshbridge";

  static FolderFiles create(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new FolderFiles(folder);
  }

  /** Puts a file in its place in one step. */
  void write(String name, String text) throws IOException {
    var draft = folder.resolve("." + name + ".draft");
    Files.writeString(draft, text);
    Files.move(
        draft,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  /** The texts of all files that the bridge has in place. */
  List<String> importTexts() throws IOException {
    var texts = new ArrayList<String>();
    for (Path file : importFiles()) {
      try {
        texts.add(Files.readString(file));
      } catch (NoSuchFileException removedMeanwhile) {
        // As if it had been listed a moment later.
        continue;
      }
    }
    return texts;
  }

  /** Name, inode and time of every file that the bridge has in place: a rewrite changes them. */
  Map<String, String> importStamps() throws IOException {
    var stamps = new TreeMap<String, String>();
    for (Path file : importFiles()) {
      stamps.put(
          file.getFileName().toString(),
          Files.getAttribute(file, "unix:ino") + "@" + Files.getLastModifiedTime(file));
    }
    return stamps;
  }

  private List<Path> importFiles() throws IOException {
    var imports = folder.resolve(IMPORTS);
    if (!Files.isDirectory(imports)) {
      return List.of();
    }
    try (var files = Files.list(imports)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }
}
