package io.meshbridge.it.nativegap.agent;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file of one process: a line per thing that was looked up, each once, and on the disk at once,
 * since processes under test are killed.
 */
final class Journal {
  /** Fields of a line are set apart by this, which no name contains. */
  private static final String BETWEEN_FIELDS = "\t";

  private final Set<String> written = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final BufferedWriter file;

  private Journal(BufferedWriter file) {
    this.file = file;
  }

  static Journal in(Path folder) throws IOException {
    Files.createDirectories(folder);
    var name = "process-" + ProcessHandle.current().pid() + "-";
    return new Journal(Files.newBufferedWriter(Files.createTempFile(folder, name, ".tsv")));
  }

  void write(String... fields) {
    var line = String.join(BETWEEN_FIELDS, fields);
    if (!written.add(line)) {
      return;
    }
    lock.lock();
    try {
      file.write(line);
      file.newLine();
      file.flush();
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    } finally {
      lock.unlock();
    }
  }

  /** What kept the recorder from seeing something; a record that has such a line proves nothing. */
  void writeFailure(String where, Throwable failure) {
    write("failure", where, failure.toString());
  }
}
