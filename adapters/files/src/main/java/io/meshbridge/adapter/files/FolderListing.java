package io.meshbridge.adapter.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The manifests in a folder and its sub-folders. Links are followed, since that is how a mounted
 * ConfigMap and a Git checkout swap their content at once; each real folder is visited once, so a
 * loop of links ends. Hidden names are passed over, and so is what is no regular file.
 *
 * @param files sorted by path
 * @param folders all that were visited, the root among them
 * @param faults files and folders that could not be looked at
 */
record FolderListing(
    SortedSet<Path> files, SortedSet<Path> folders, SortedMap<Path, IOException> faults) {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  /**
   * Lists what is there now.
   *
   * @throws IOException if the root cannot be listed
   */
  static FolderListing of(Path root) throws IOException {
    var walk = new Walk();
    walk.folder(root);
    return new FolderListing(walk.files, walk.folders, walk.faults);
  }

  /** The faults that hide more than one file. */
  Map<Path, IOException> folderFaults() {
    var unlisted = new TreeMap<>(faults);
    unlisted.keySet().removeIf(path -> isManifest(path) && !Files.isDirectory(path));
    return unlisted;
  }

  private static boolean isManifest(Path path) {
    return !isHidden(path) && ENDINGS.stream().anyMatch(nameOf(path)::endsWith);
  }

  private static boolean isHidden(Path path) {
    return nameOf(path).startsWith(".");
  }

  private static String nameOf(Path path) {
    var name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  /** In the order of names, so that of two links to one folder always the same one counts. */
  private static final class Walk {
    private final SortedSet<Path> files = new TreeSet<>();
    private final SortedSet<Path> folders = new TreeSet<>();
    private final SortedMap<Path, IOException> faults = new TreeMap<>();
    private final Set<Object> visited = new HashSet<>();

    void folder(Path folder) throws IOException {
      var identity = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      if (identity != null && !visited.add(identity)) {
        return;
      }
      var entries = new TreeSet<Path>();
      try (var stream = Files.newDirectoryStream(folder, entry -> !isHidden(entry))) {
        stream.forEach(entries::add);
      } catch (DirectoryIteratorException cutShort) {
        throw cutShort.getCause();
      }
      folders.add(folder);
      entries.forEach(this::entry);
    }

    private void entry(Path path) {
      try {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
          folder(path);
        } else if (attributes.isRegularFile() && isManifest(path)) {
          files.add(path);
        }
      } catch (NoSuchFileException gone) {
        // A link that is there but leads nowhere hides what it led to; a name that went is no news.
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          faults.put(path, gone);
        }
      } catch (IOException fault) {
        faults.put(path, fault);
      }
    }
  }
}
