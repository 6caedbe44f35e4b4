package io.meshbridge.adapter.files;

import io.meshbridge.adapter.files.ManifestFolder.FolderReading;
import io.meshbridge.spi.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a folder says, seen over time: a file that cannot be read just now, because somebody is
 * still writing it or has made a mistake, is taken as it last was. For one thread.
 */
final class FolderView {
  private final Map<Path, List<Document>> lastGood = new HashMap<>();

  /**
   * The folder's documents.
   *
   * @param documents of all files, in the order of their paths
   * @param troubles each file that is not as it stands there, with the reason
   */
  record View(List<Document> documents, SortedMap<Path, String> troubles) {
    /** Whether every file is taken as it stands there. */
    boolean isWhole() {
      return troubles.isEmpty();
    }
  }

  View of(FolderReading reading) {
    var documents = new ArrayList<Document>();
    var troubles = new TreeMap<Path, String>();
    reading
        .files()
        .forEach(
            (path, file) -> {
              var known = lastGood.getOrDefault(path, List.of());
              if (!file.manifests().isWhole()) {
                troubles.put(path, "it cannot be read");
              } else if (file.empty() && !known.isEmpty()) {
                // Cut to nothing is what a full disk and a writer at work leave behind. Who means
                // it deletes the file.
                troubles.put(path, "it has become empty");
              } else {
                lastGood.put(path, file.manifests().documents());
              }
              documents.addAll(lastGood.getOrDefault(path, List.of()));
            });
    lastGood.keySet().retainAll(reading.files().keySet());
    return new View(List.copyOf(documents), troubles);
  }
}
