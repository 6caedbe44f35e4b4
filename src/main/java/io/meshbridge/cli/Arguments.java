package io.meshbridge.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What has to be known of the arguments before the framework starts, and so before they parse. */
final class Arguments {
  private final List<String> arguments;

  Arguments(String... arguments) {
    this.arguments = List.of(arguments);
  }

  /** Whether this process shall serve: {@code run}, and not only its help. */
  boolean serves() {
    return !arguments.isEmpty()
        && arguments.getFirst().equals("run")
        && arguments.stream().noneMatch(a -> a.equals("--help") || a.equals("-h"));
  }

  /** The files after {@code --config} or {@code -c}, in their order. */
  List<Path> configFiles() {
    var files = new ArrayList<Path>();
    for (int i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      if (argument.startsWith("--config=")) {
        files.add(Path.of(argument.substring("--config=".length())));
      } else if ((argument.equals("--config") || argument.equals("-c"))
          && i + 1 < arguments.size()) {
        i++;
        files.add(Path.of(arguments.get(i)));
      }
    }
    return files;
  }
}
