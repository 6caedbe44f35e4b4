package io.meshbridge.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file with the classes of a program as a JVM has them once they are loaded, so that the next one
 * starts in less than half the time. A JVM that cannot use it, since the program is another one by
 * now, starts without.
 *
 * @param file where it is kept; without one there is none
 */
public record StartArchive(Optional<Path> file) {
  /** For a JVM that starts as always. */
  public static final StartArchive NONE = new StartArchive(Optional.empty());

  /** The system property that names the folder in which tests keep archives. */
  private static final String FOLDER = "meshbridge.it.archives";

  /** The first release that keeps linked classes too, by JEP 483 and JEP 514. */
  private static final int AHEAD_OF_TIME = 25;

  /** That of bridges, and of other commands of the application. */
  public static StartArchive ofBridges() {
    return named("bridge");
  }

  /** That of brokers. */
  public static StartArchive ofBrokers() {
    return named("broker");
  }

  /** For a JVM that starts brokers or bridges itself: it uses the archives that this one uses. */
  static List<String> options() {
    return Optional.ofNullable(System.getProperty(FOLDER))
        .map(folder -> List.of("-D" + FOLDER + "=" + folder))
        .orElse(List.of());
  }

  private static StartArchive named(String program) {
    return new StartArchive(
        Optional.ofNullable(System.getProperty(FOLDER))
            .map(folder -> Path.of(folder).resolve(program + ".archive")));
  }

  /** For a JVM that makes it when it ends in order. */
  List<String> training() {
    return file.map(
            path ->
                List.of(
                    (isAheadOfTime() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + path))
        .orElse(List.of());
  }

  /** For a JVM that starts from it, if it is there. */
  List<String> flags() {
    return file.filter(Files::isRegularFile)
        .map(
            path ->
                List.of(
                    (isAheadOfTime() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + path,
                    // Standard output belongs to the program.
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr"))
        .orElse(List.of());
  }

  private static boolean isAheadOfTime() {
    return Runtime.version().feature() >= AHEAD_OF_TIME;
  }
}
