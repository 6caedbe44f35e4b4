package io.meshbridge.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start the packaged application, which is a jar or an executable. */
public final class ApplicationCommand {
  /** A system property: options, separated by blanks, for the JVMs of applications. */
  public static final String JVM_OPTIONS = "meshbridge.it.jvm-options";

  private ApplicationCommand() {}

  /**
   * The command; options of a JVM are left out where there is none.
   *
   * @param application a file that ends in {@code .jar}, or an executable
   * @param maxHeap such as {@code 256m}
   * @param properties such as {@code -Dname=value}
   */
  public static List<String> of(
      Path application, String maxHeap, List<String> properties, List<String> arguments) {
    var command = new ArrayList<String>();
    if (application.toString().endsWith(".jar")) {
      var options = new ArrayList<>(jvmOptions());
      options.addAll(properties);
      options.addAll(List.of("-jar", application.toString()));
      command.addAll(JavaCommand.with(maxHeap, options));
    } else {
      command.addAll(List.of(application.toString(), "-Xmx" + maxHeap));
      command.addAll(properties);
    }
    command.addAll(arguments);
    return List.copyOf(command);
  }

  private static List<String> jvmOptions() {
    var options = System.getProperty(JVM_OPTIONS, "");
    return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
  }
}
