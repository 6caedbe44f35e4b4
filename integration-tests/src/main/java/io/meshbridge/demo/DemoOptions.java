package io.meshbridge.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the demo was asked to do.
 *
 * @param application the packaged bridge
 * @param examples the folder that holds {@code bookshop}
 * @param once end after the round trip, with a summary in JSON
 * @param consul a real Consul agent instead of a folder
 */
record DemoOptions(Path application, Path examples, boolean once, boolean consul) {
  static final String USAGE =
      """
      Usage: meshbridge demo [--once] [--consul]

      Three meshes on this machine, joined: two folders of Kubernetes manifests as an Istio and a
      Linkerd, a folder of Consul definitions as a Consul, a Kafka broker in a JVM of its own, and
      the bridge. Changes a service in each mesh and shows when and where the change arrives in the
      others.

        --once    end after the round trip; standard output is then one JSON object
        --consul  a real Consul agent instead of the Consul folder
        --help    this text

      Exit codes: 0 changes went all six ways; 1 they did not; 2 wrong usage.
      """;

  /** Asked for help, or for something that cannot be done. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String faults;

    UsageException(String faults) {
      super(faults);
      this.faults = faults;
    }

    /** A line for each; empty if help is wanted. */
    String faults() {
      return faults;
    }
  }

  /**
   * Reads the command line.
   *
   * @throws UsageException naming all that is wrong, or nothing if help is wanted
   */
  static DemoOptions parse(List<String> arguments) throws UsageException {
    var faults = new ArrayList<String>();
    var application = "";
    var examples = "";
    boolean once = false;
    boolean consul = false;
    for (int i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      switch (argument) {
        case "--once" -> once = true;
        case "--consul" -> consul = true;
        case "--help", "-h" -> throw new UsageException("");
        case "--app" -> application = valueAt(arguments, ++i);
        case "--examples" -> examples = valueAt(arguments, ++i);
        default -> faults.add("unknown argument '" + argument + "'");
      }
    }
    if (application.isEmpty() || !Files.isRegularFile(Path.of(application))) {
      faults.add("--app '" + application + "' is no file; the bridge has to be built first");
    }
    if (examples.isEmpty() || !Files.isDirectory(Path.of(examples, "bookshop"))) {
      faults.add("--examples '" + examples + "' holds no folder bookshop");
    }
    if (!faults.isEmpty()) {
      throw new UsageException(String.join("\n", faults));
    }
    return new DemoOptions(Path.of(application), Path.of(examples), once, consul);
  }

  private static String valueAt(List<String> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : "";
  }
}
