package io.meshbridge.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start the packaged application, which is a jar or an executable. */
public final class ApplicationCommand {
  private ApplicationCommand() {}

  /**
   * The command.
   *
   * @param application a file that ends in {@code .jar}, or an executable
   * @param maxHeap such as {@code 256m}
   * @param flags for a JVM; left out where there is none
   * @param properties such as {@code -Dname=value}
   */
  public static List<String> of(
      Path application,
      String maxHeap,
      List<String> flags,
      List<String> properties,
      List<String> arguments) {
    var command = new ArrayList<String>();
    if (!isExecutable(application)) {
      var options = new ArrayList<>(properties);
      options.addAll(List.of("-jar", application.toString()));
      command.addAll(JavaCommand.with(maxHeap, flags, options));
    } else {
      command.addAll(List.of(application.toString(), "-Xmx" + maxHeap));
      command.addAll(properties);
    }
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /** Whether the application needs no JVM. */
  static boolean isExecutable(Path application) {
    return !application.toString().endsWith(".jar");
  }
}
