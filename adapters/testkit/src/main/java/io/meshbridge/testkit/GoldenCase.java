package io.meshbridge.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** One golden folder, as its translation sees it: it can read the inputs, and no more. */
public final class GoldenCase {
  static final String IN = "in-";
  static final String OUT = "out-";

  private final Path folder;
  private final List<String> files;
  private final Set<String> read = ConcurrentHashMap.newKeySet();

  GoldenCase(Path folder, List<Path> entries) {
    this.folder = folder;
    this.files = entries.stream().map(entry -> entry.getFileName().toString()).toList();
  }

  /** The folder's name, such as {@code a-service-without-ports-is-refused}. */
  public String name() {
    return folder.getFileName().toString();
  }

  /** The names of all input files, sorted. */
  public List<String> inputs() {
    return startingWith(IN);
  }

  /** Whether the case has an input of that name. Asking does not count as reading it. */
  public boolean hasInput(String name) {
    return inputs().contains(name);
  }

  /**
   * The text of an input file.
   *
   * @throws IllegalArgumentException if the case has no input of that name
   */
  public String input(String name) throws IOException {
    if (!hasInput(name)) {
      throw new IllegalArgumentException(
          "case " + name() + " has no input '" + name + "', only " + inputs());
    }
    read.add(name);
    return text(name);
  }

  Path folder() {
    return folder;
  }

  String title() {
    return name().replace('-', ' ');
  }

  List<String> expected() {
    return startingWith(OUT);
  }

  SortedSet<String> neitherInNorOut() {
    var others = new TreeSet<>(files);
    others.removeIf(file -> file.startsWith(IN) || file.startsWith(OUT));
    return others;
  }

  SortedSet<String> unread() {
    var unread = new TreeSet<>(inputs());
    unread.removeAll(read);
    return unread;
  }

  String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private List<String> startingWith(String prefix) {
    return files.stream().filter(file -> file.startsWith(prefix)).sorted().toList();
  }
}
