package io.meshbridge.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether bridges, and other commands of the application, write down what they look up by name, for
 * a native executable must have that registered. A bridge that does starts a few seconds later.
 *
 * @param folder where each process writes a file, and where {@link #RECORDER} is; without one
 *     nothing is written
 */
public record CallRecording(Optional<Path> folder) {
  /** The agent's file, in the folder. */
  public static final String RECORDER = "recorder.jar";

  /** The system property that names the folder. */
  private static final String FOLDER = "meshbridge.native.record";

  /** What is asked for of all bridges. */
  public static CallRecording ofAll() {
    return new CallRecording(
        Optional.ofNullable(System.getProperty(FOLDER))
            .filter(folder -> !folder.isBlank())
            .map(Path::of));
  }

  /** Flags for the JVM of a bridge that does what is asked for of all. */
  static List<String> flagsOfBridges() {
    var all = ofAll();
    return all.folder().isPresent() ? all.flags() : StartArchive.ofBridges().flags();
  }

  /** Flags for the JVM of a bridge; an archive of its classes would be refused beside them. */
  public List<String> flags() {
    return folder
        .map(path -> List.of("-javaagent:" + path.resolve(RECORDER) + "=" + path))
        .orElse(List.of());
  }
}
