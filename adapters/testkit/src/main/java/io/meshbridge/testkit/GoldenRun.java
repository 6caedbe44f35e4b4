package io.meshbridge.testkit;

import io.meshbridge.testkit.GoldenFolders.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** One case, translated once, however many of its tests ask for what came out. */
final class GoldenRun {
  private final GoldenCase golden;
  private final Translation translation;
  private final ReentrantLock once = new ReentrantLock();
  // Guarded by once. Empty until the first test asks.
  private final TreeMap<String, String> outputs = new TreeMap<>();
  private boolean done;

  GoldenRun(GoldenCase golden, Translation translation) {
    this.golden = golden;
    this.translation = translation;
  }

  GoldenCase golden() {
    return golden;
  }

  SortedMap<String, String> outputs() throws Exception {
    once.lock();
    try {
      if (!done) {
        var made = translation.outputs(golden);
        made.keySet().forEach(GoldenRun::requireOutputName);
        outputs.putAll(made);
        done = true;
      }
      return outputs;
    } finally {
      once.unlock();
    }
  }

  /** Writes what came out, and removes expected files that did not. */
  void rewrite() throws Exception {
    var made = outputs();
    for (String stale : golden.expected()) {
      if (!made.containsKey(stale)) {
        Files.delete(golden.folder().resolve(stale));
      }
    }
    for (var output : made.entrySet()) {
      write(output.getKey(), output.getValue());
    }
  }

  private void write(String name, String text) throws IOException {
    var file = golden.folder().resolve(name);
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }

  private static void requireOutputName(String name) {
    if (!name.startsWith(GoldenCase.OUT) || name.contains("/")) {
      throw new IllegalArgumentException(
          "an output's name must begin with 'out-' and hold no '/', but is '" + name + "'");
    }
  }
}
