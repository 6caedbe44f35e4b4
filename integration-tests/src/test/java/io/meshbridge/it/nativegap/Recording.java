package io.meshbridge.it.nativegap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What processes have written down. */
public record Recording(SortedSet<Access> accesses) {
  private static final String RECORD = ".tsv";

  /**
   * Reads the records of all processes in a folder.
   *
   * @throws IOException if there is none, or a file cannot be read
   * @throws IllegalArgumentException if a recorder says that it has not seen all
   */
  public static Recording in(Path folder) throws IOException {
    var accesses = new TreeSet<Access>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(RECORD)).toList()) {
        Files.readAllLines(file).stream().map(Access::parse).forEach(accesses::add);
      }
    }
    if (accesses.isEmpty()) {
      throw new IOException("no process has written anything into " + folder);
    }
    return new Recording(accesses);
  }

  /** What is in either. */
  public Recording and(Recording other) {
    var all = new TreeSet<>(accesses);
    all.addAll(other.accesses);
    return new Recording(all);
  }
}
